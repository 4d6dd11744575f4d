package io.kafkafetch.adapter.processors.database;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Tells whether PostgreSQL's {@code jsonb} takes some bytes, without asking it: one value that it
 * refuses would cost the whole COPY. Owned by one thread at a time.
 *
 * <p>The rules are RFC 8259's and, on top, PostgreSQL's (its manual, "JSON Types"): valid UTF-8, no
 * {@code \u0000}, surrogates in pairs, numbers that fit {@code numeric}. Nesting is limited to
 * {@value #MAX_DEPTH}, far below where PostgreSQL's own stack ends, so that whoever reads the value
 * can parse it too.
 */
final class JsonbText {
  static final int MAX_DEPTH = 1000;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  /** Whether the open container at each depth is an object. */
  private final boolean[] object = new boolean[MAX_DEPTH + 1];

  private byte[] text = new byte[0];
  private int at;

  /** Whether {@code value} can be stored as jsonb. */
  boolean accepts(byte[] value) {
    text = value;
    at = 0;
    boolean accepted = document();
    text = new byte[0];
    return accepted;
  }

  private boolean document() {
    int depth = 0;
    while (true) {
      int c = next();
      if (c == '{' || c == '[') {
        if (++depth > MAX_DEPTH) {
          return false;
        }
        object[depth] = c == '{';
        if (peek() != closing(depth)) {
          if (c == '{' && !name()) {
            return false;
          }
          continue; // with the first value of what was opened
        }
      } else if (!scalar(c)) {
        return false;
      }
      depth = afterValue(depth);
      if (depth <= 0) {
        return depth == 0;
      }
    }
  }

  /**
   * A value has ended, or a container is empty: closes what ends with it.
   *
   * @return the depth at which another value begins, 0 when the document is complete, -1 when it is
   *     malformed
   */
  private int afterValue(int depthOfValue) {
    int depth = depthOfValue;
    while (true) {
      int c = next();
      if (depth == 0) {
        return c == -1 ? 0 : -1;
      }
      if (c == ',') {
        return object[depth] && !name() ? -1 : depth;
      }
      if (c != closing(depth)) {
        return -1;
      }
      depth--;
    }
  }

  private int closing(int depth) {
    return object[depth] ? '}' : ']';
  }

  private boolean name() {
    return next() == '"' && string() && next() == ':';
  }

  private boolean scalar(int c) {
    return switch (c) {
      case '"' -> string();
      case 't' -> word("rue");
      case 'f' -> word("alse");
      case 'n' -> word("ull");
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      default -> false;
    };
  }

  /** The next byte that is no white space, or -1. */
  private int next() {
    int c = peek();
    at++;
    return c;
  }

  private int peek() {
    while (at < text.length) {
      int c = text[at];
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        return c & 0xff;
      }
      at++;
    }
    return -1;
  }

  private boolean word(String rest) {
    if (text.length - at < rest.length()) {
      return false;
    }
    for (int i = 0; i < rest.length(); i++) {
      if (text[at++] != rest.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private boolean string() {
    while (true) {
      skipPlain();
      if (at >= text.length) {
        return false;
      }
      int c = text[at++];
      if (c == '"') {
        return true;
      }
      if (c == '\\') {
        if (!escape()) {
          return false;
        }
      } else if (c < 0) {
        at--;
        if (!utf8()) {
          return false;
        }
      } else if (c < 0x20) {
        return false;
      }
    }
  }

  /** Skips eight bytes at a time while none of them is a quote, a backslash, control or UTF-8. */
  private void skipPlain() {
    while (at + Long.BYTES <= text.length) {
      long word = (long) LONG.get(text, at);
      long quote = word ^ (ONES * '"');
      long backslash = word ^ (ONES * '\\');
      long special =
          ((quote - ONES) & ~quote)
              | ((backslash - ONES) & ~backslash)
              | ((word - ONES * 0x20) & ~word)
              | word;
      special &= HIGH_BITS;
      if (special != 0) {
        at += Long.numberOfTrailingZeros(special) >>> 3;
        return;
      }
      at += Long.BYTES;
    }
    while (at < text.length) {
      int c = text[at];
      if (c == '"' || c == '\\' || c < 0x20) {
        return;
      }
      at++;
    }
  }

  private boolean escape() {
    if (at >= text.length) {
      return false;
    }
    return switch (text[at++]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> true;
      case 'u' -> {
        int unit = hex4();
        if (unit <= 0 || Character.isLowSurrogate((char) unit)) {
          yield false;
        }
        if (!Character.isHighSurrogate((char) unit)) {
          yield true;
        }
        yield text.length - at >= 6
            && text[at++] == '\\'
            && text[at++] == 'u'
            && hex4() >>> 10 == Character.MIN_LOW_SURROGATE >>> 10;
      }
      default -> false;
    };
  }

  /** Four hexadecimal digits, or -1. */
  private int hex4() {
    if (text.length - at < 4) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = text[at] < 0 ? -1 : Character.digit(text[at], 16);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
      at++;
    }
    return value;
  }

  private boolean number() {
    int end = JsonNumber.end(text, at - 1);
    at = end;
    return end > 0;
  }

  private boolean utf8() {
    int length = Utf8.sequence(text, at);
    at += length;
    return length > 0;
  }
}
