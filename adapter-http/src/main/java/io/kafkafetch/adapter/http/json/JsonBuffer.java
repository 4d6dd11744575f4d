package io.kafkafetch.adapter.http.json;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Base64;

/**
 * Where records become JSON on their way to a stream: bytes go from where Kafka's client left them
 * into one buffer, without a text or an array between. The buffer is bounded, however large a value
 * is. Belongs to one thread.
 */
public final class JsonBuffer {
  private static final int FIRST = 4 << 10;

  /**
   * More than an answer holds back, so that the first of a large one goes out while it is written.
   */
  private static final int MOST = 72 << 10;

  /** So many bytes at a time, so that there is room for what they become; a multiple of three. */
  private static final int PIECE = 3 << 10;

  /** A number, or a word or sign, at its longest. */
  private static final int LONGEST_NUMBER = 20;

  private static final String SHORT_ESCAPES = "\bb\tt\nn\ff\rr\"\"\\\\";
  private static final byte[] ESCAPES = escapes();
  private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);

  private final OutputStream out;
  private byte[] buffer;
  private int at;

  private JsonBuffer(OutputStream out, int first) {
    this.out = out;
    buffer = new byte[first];
  }

  /**
   * Goes on below a generator, which must not write until all was {@linkplain #spill spilt}.
   *
   * @param large whether more will come than a small buffer holds
   */
  public static JsonBuffer below(JsonGenerator generator, boolean large) throws IOException {
    generator.flush();
    if (generator.getOutputTarget() instanceof OutputStream out) {
      return new JsonBuffer(out, large ? MOST : FIRST);
    }
    throw new IllegalArgumentException("The generator writes to no stream of bytes");
  }

  /** For each byte what follows the backslash, {@code u} for a number, 0 where none is needed. */
  private static byte[] escapes() {
    var escapes = new byte[128];
    Arrays.fill(escapes, 0, 0x20, (byte) 'u');
    for (int i = 0; i < SHORT_ESCAPES.length(); i += 2) {
      escapes[SHORT_ESCAPES.charAt(i)] = (byte) SHORT_ESCAPES.charAt(i + 1);
    }
    return escapes;
  }

  /** Writes what is JSON already, byte for byte. */
  public void raw(byte[] json) throws IOException {
    for (int from = 0; from < json.length; from += PIECE) {
      copy(json, from, Math.min(PIECE, json.length - from));
    }
  }

  private void copy(byte[] bytes, int from, int length) throws IOException {
    requireRoom(length);
    System.arraycopy(bytes, from, buffer, at, length);
    at += length;
  }

  /** The same with a space for each line break, which JSON has between its tokens only. */
  public void rawInOneLine(byte[] json) throws IOException {
    for (int from = 0; from < json.length; from += PIECE) {
      int begun = Math.min(PIECE, json.length - from);
      copy(json, from, begun);
      for (int i = at - begun; i < at; i++) {
        if (buffer[i] == '\n' || buffer[i] == '\r') {
          buffer[i] = ' ';
        }
      }
    }
  }

  /** Writes a number. */
  public void number(long number) throws IOException {
    requireRoom(LONGEST_NUMBER);
    if (number < 0) {
      raw(Long.toString(number).getBytes(US_ASCII));
      return;
    }
    int next = at + digits(number);
    at = next;
    long rest = number;
    while (rest > 9) {
      int pair = (int) (rest % 100);
      buffer[--next] = (byte) ('0' + pair % 10);
      buffer[--next] = (byte) ('0' + pair / 10);
      rest /= 100;
    }
    if (rest > 0 || number == 0) {
      buffer[--next] = (byte) ('0' + rest);
    }
  }

  private static int digits(long number) {
    int digits = 1;
    for (long power = 10; digits < 19 && number >= power; power *= 10) {
      digits++;
    }
    return digits;
  }

  /** Writes a text that is UTF-8 in its quotes; false, with nothing written, when it is not. */
  public boolean text(byte[] utf8) throws IOException {
    if (utf8.length <= PIECE) {
      return shortText(utf8);
    }
    if (!Utf8.isValid(utf8)) {
      return false;
    }
    one('"');
    for (int from = 0; from < utf8.length; from += PIECE) {
      escape(utf8, from, Math.min(from + PIECE, utf8.length), true);
    }
    one('"');
    return true;
  }

  /** Looks at each byte once: that it is no text turns out while it is written, and is undone. */
  private boolean shortText(byte[] utf8) throws IOException {
    requireRoom(2 + roomFor(utf8.length));
    int begun = at;
    buffer[at++] = '"';
    if (!escape(utf8, 0, utf8.length, false)) {
      at = begun;
      return false;
    }
    buffer[at++] = '"';
    return true;
  }

  /** Control characters become six bytes each. */
  private static int roomFor(int bytes) {
    return 6 * bytes;
  }

  private boolean escape(byte[] in, int from, int to, boolean known) throws IOException {
    requireRoom(1 + roomFor(to - from));
    int next = from;
    while (next < to) {
      if (to - next >= Long.BYTES && PlainText.isPrintable(in, next)) {
        at = PlainText.quote(in, next, buffer, at);
        next += Long.BYTES;
        continue;
      }
      byte found = in[next];
      if (found >= 0) {
        escape(found);
        next++;
      } else {
        int end = known ? next + 1 : Utf8.skip(in, next, to);
        if (end < 0) {
          return false;
        }
        while (next < end) {
          buffer[at++] = in[next++];
        }
      }
    }
    return true;
  }

  private void escape(byte found) {
    byte escape = ESCAPES[found];
    if (escape == 0) {
      buffer[at++] = found;
      return;
    }
    buffer[at++] = '\\';
    buffer[at++] = escape;
    if (escape == 'u') {
      buffer[at++] = '0';
      buffer[at++] = '0';
      buffer[at++] = HEX[found >> 4];
      buffer[at++] = HEX[found & 0xf];
    }
  }

  /** Writes bytes as base64 (RFC 4648, section 4) in quotes. */
  public void base64(byte[] bytes) throws IOException {
    one('"');
    if (bytes.length <= PIECE) {
      raw(Base64.getEncoder().encode(bytes));
    } else {
      for (int from = 0; from < bytes.length; from += PIECE) {
        int to = Math.min(from + PIECE, bytes.length);
        raw(Base64.getEncoder().encode(Arrays.copyOfRange(bytes, from, to)));
      }
    }
    one('"');
  }

  /** Writes one sign of JSON. */
  public void one(char sign) throws IOException {
    requireRoom(1);
    buffer[at++] = (byte) sign;
  }

  /** Never more than a third of the buffer at its largest. */
  private void requireRoom(int bytes) throws IOException {
    if (buffer.length - at >= bytes) {
      return;
    }
    if (at + bytes <= MOST) {
      buffer = Arrays.copyOf(buffer, Math.min(MOST, Math.max(2 * buffer.length, at + bytes)));
    } else {
      spill();
      if (buffer.length < bytes) {
        buffer = new byte[MOST];
      }
    }
  }

  /** Hands on what was written so far. */
  public void spill() throws IOException {
    out.write(buffer, 0, at);
    at = 0;
  }
}
