package io.kafkafetch.benchmarks.load;

/**
 * How often a text is in the body of an answer, counted while the rest of it is still being
 * written: a client that began when it had all would keep the server waiting for its next request.
 * Where a chunk ends and the next begins can be in the middle of the text.
 */
final class ArrivingText {
  private final SoughtText sought;
  private final byte[] body;
  private boolean begun;
  private boolean chunked;

  /** How far the answer was read, and what is left of the chunk there. */
  private int read;

  private int left;
  private int length;

  private int found;

  /**
   * Counts that text.
   *
   * @param room for the longest answer
   */
  ArrivingText(byte[] wanted, int room) {
    sought = new SoughtText(wanted);
    body = new byte[room];
  }

  /** The next answer begins. */
  void clear() {
    begun = false;
    read = 0;
    left = 0;
    length = 0;
    sought.begin();
    found = 0;
  }

  /** How often it is in what has come of the answer. */
  int count(byte[] answer, int come) {
    if (begun || begin(answer, come)) {
      take(answer, come);
      found += sought.count(body, length);
    }
    return found;
  }

  private boolean begin(byte[] answer, int come) {
    int head = Answers.headEnd(answer, come);
    if (head < 0) {
      return false;
    }
    begun = true;
    chunked = Answers.isChunked(answer, head);
    read = head;
    left = chunked ? 0 : Integer.MAX_VALUE;
    return true;
  }

  private void take(byte[] answer, int come) {
    while (true) {
      int more = Math.max(0, Math.min(left, come - read));
      System.arraycopy(answer, read, body, length, more);
      length += more;
      read += more;
      left -= more;
      if (left > 0 || !nextChunk(answer, come)) {
        return;
      }
    }
  }

  /** Steps over a chunk's length, with the end of the line that the chunk before lies on. */
  private boolean nextChunk(byte[] answer, int come) {
    int at = length == 0 ? read : read + 2;
    int size = 0;
    while (at < come && answer[at] != '\r') {
      size = size * 16 + Character.digit(answer[at++], 16);
    }
    if (at + 2 > come || size == 0) {
      return false;
    }
    read = at + 2;
    left = size;
    return true;
  }
}
