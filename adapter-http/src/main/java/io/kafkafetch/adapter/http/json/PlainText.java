package io.kafkafetch.adapter.http.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds where something begins that means something within a text of JSON (RFC 8259, section 7),
 * and writes such texts, eight bytes at a time: texts are most of what is produced and consumed.
 */
public final class PlainText {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long QUOTES = 0x2222222222222222L;
  private static final long BACKSLASHES = 0x5c5c5c5c5c5c5c5cL;
  private static final long SPACES = 0x2020202020202020L;
  private static final long NEWLINES = 0x0a0a0a0a0a0a0a0aL;
  private static final long TOP_BITS = 0x8080808080808080L;

  private PlainText() {}

  /**
   * Where the bytes from {@code at} on are no longer plain: at a quote, a backslash, a control
   * character or a byte beyond ASCII, or up to seven bytes before the end.
   */
  static int end(byte[] in, int at, int end) {
    int here = at;
    while (here + Long.BYTES <= end) {
      long found = meaning((long) LONGS.get(in, here));
      if (found != 0) {
        // Whatever a borrow adds lies above what caused it, so that the lowest is one indeed.
        return here + (Long.numberOfTrailingZeros(found) >>> 3);
      }
      here += Long.BYTES;
    }
    return here;
  }

  /** Where the next line break is, or {@code end}. */
  public static int newline(byte[] in, int at, int end) {
    int here = at;
    while (here + Long.BYTES <= end) {
      long differs = (long) LONGS.get(in, here) ^ NEWLINES;
      long found = (differs - ONES) & ~differs & TOP_BITS;
      if (found != 0) {
        return here + (Long.numberOfTrailingZeros(found) >>> 3);
      }
      here += Long.BYTES;
    }
    while (here < end && in[here] != '\n') {
      here++;
    }
    return here;
  }

  /** Whether eight bytes are ASCII and no control characters. */
  static boolean isPrintable(byte[] in, int at) {
    long word = (long) LONGS.get(in, at);
    return ((((word - SPACES) & ~word) | word) & TOP_BITS) == 0;
  }

  /**
   * Copies eight bytes that are printable, with a backslash before each that needs one. There has
   * to be room for sixteen.
   *
   * @return where what was written ends
   */
  static int quote(byte[] in, int at, byte[] out, int to) {
    long word = (long) LONGS.get(in, at);
    long marks = zeroes(word ^ QUOTES) | zeroes(word ^ BACKSLASHES);
    if (marks == 0) {
      LONGS.set(out, to, word);
      return to + Long.BYTES;
    }
    // Without a branch for each byte: where the quotes are cannot be foreseen.
    int next = to;
    for (int i = 0; i < Long.BYTES; i++) {
      out[next] = '\\';
      next += (int) (marks >>> 7) & 1;
      out[next++] = (byte) word;
      word >>>= Byte.SIZE;
      marks >>>= Byte.SIZE;
    }
    return next;
  }

  /** The top bit of each byte that is zero, where none has its own top bit set. */
  private static long zeroes(long word) {
    return ~((word & ~TOP_BITS) + ~TOP_BITS) & TOP_BITS;
  }

  /** The top bit of each byte that means something, and perhaps of some above such a one. */
  private static long meaning(long word) {
    long quote = word ^ QUOTES;
    long backslash = word ^ BACKSLASHES;
    // A byte that is less than n borrows from its top bit when n is taken from it. A borrow can
    // run on into the bytes above, and then says "not plain" too often, never too seldom.
    return (((quote - ONES) & ~quote)
            | ((backslash - ONES) & ~backslash)
            | ((word - SPACES) & ~word)
            | word)
        & TOP_BITS;
  }
}
