package io.kafkafetch.application.delivery;

/**
 * Narrows a refused batch down to the record at fault: each refusal halves what is tried next, so
 * that one bad record among n costs about 2 log n more calls, and all others are delivered.
 */
final class BadRecordSearch {
  /** Indexes below this are suspect; none are when it is zero. */
  private int suspectsEnd;

  /** How many records are tried at once while there are suspects. */
  private int width;

  /** The sink refused records {@code from} to {@code to} and cannot say which of them is bad. */
  void narrow(int from, int to) {
    suspectsEnd = to;
    width = Math.max(1, (to - from) / 2);
  }

  /** How far the next try may reach: {@code to}, or less while there are suspects. */
  int limit(int from, int to) {
    return from < suspectsEnd ? Math.min(to, Math.min(suspectsEnd, from + width)) : to;
  }

  /** Records below {@code index} are dealt with. */
  void passed(int index) {
    if (index >= suspectsEnd) {
      reset();
    } else {
      // The rest of the suspects still holds the bad one, so halve that.
      width = Math.max(1, (suspectsEnd - index) / 2);
    }
  }

  /** There are no suspects. */
  void reset() {
    suspectsEnd = 0;
    width = 0;
  }
}
