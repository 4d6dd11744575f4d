package io.kafkafetch.adapter.http.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds where something begins that means something within a text of JSON (RFC 8259, section 7),
 * eight bytes at a time: texts are most of what is produced.
 */
final class PlainText {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long QUOTES = 0x2222222222222222L;
  private static final long BACKSLASHES = 0x5c5c5c5c5c5c5c5cL;
  private static final long SPACES = 0x2020202020202020L;
  private static final long TOP_BITS = 0x8080808080808080L;

  private PlainText() {}

  /**
   * Where the bytes from {@code at} on are no longer plain, or up to seven bytes before: a quote, a
   * backslash, a control character or a byte beyond ASCII is never stepped over.
   */
  static int end(byte[] in, int at, int end) {
    int here = at;
    while (here + Long.BYTES <= end && isPlain((long) LONGS.get(in, here))) {
      here += Long.BYTES;
    }
    return here;
  }

  private static boolean isPlain(long word) {
    long quote = word ^ QUOTES;
    long backslash = word ^ BACKSLASHES;
    // A byte that is less than n borrows from its top bit when n is taken from it. A borrow can
    // run on into the bytes above, and then says "not plain" too often, never too seldom.
    long found =
        ((quote - ONES) & ~quote)
            | ((backslash - ONES) & ~backslash)
            | ((word - SPACES) & ~word)
            | word;
    return (found & TOP_BITS) == 0;
  }
}
