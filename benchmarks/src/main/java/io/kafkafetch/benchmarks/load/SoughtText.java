package io.kafkafetch.benchmarks.load;

import java.util.Arrays;

/**
 * Counts a text in bytes that come piece by piece, by Horspool's way: the longer the text, the
 * fewer of them are looked at, and the more of a core is left to the server.
 */
final class SoughtText {
  private final byte[] wanted;

  /** By how much the text can move on, for the byte that its last one was held against. */
  private final int[] steps = new int[256];

  /** Where its last byte may be next. */
  private int end;

  SoughtText(byte[] wanted) {
    this.wanted = wanted.clone();
    Arrays.fill(steps, wanted.length);
    for (int i = 0; i < wanted.length - 1; i++) {
      steps[wanted[i] & 0xff] = wanted.length - 1 - i;
    }
    begin();
  }

  /** Goes back to the beginning. */
  void begin() {
    end = wanted.length - 1;
  }

  /** How often it is in what came since the last call, or partly before it. */
  int count(byte[] bytes, int length) {
    byte last = wanted[wanted.length - 1];
    int found = 0;
    while (end < length) {
      byte here = bytes[end];
      if (here == last
          && Arrays.equals(bytes, end - wanted.length + 1, end + 1, wanted, 0, wanted.length)) {
        found++;
      }
      end += steps[here & 0xff];
    }
    return found;
  }

  /** Moves what may be the beginning of the text to the front, and answers how much that is. */
  int keep(byte[] bytes, int length) {
    int from = end - wanted.length + 1;
    System.arraycopy(bytes, from, bytes, 0, length - from);
    begin();
    return length - from;
  }
}
