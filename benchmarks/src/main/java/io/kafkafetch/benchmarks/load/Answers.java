package io.kafkafetch.benchmarks.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;

/** Where an HTTP answer ends. */
final class Answers {
  private static final byte[] LENGTH = "content-length:".getBytes(ISO_8859_1);
  private static final byte[] CHUNKED = "transfer-encoding: chunked".getBytes(ISO_8859_1);
  private static final byte[] LAST_CHUNK = "\r\n0\r\n\r\n".getBytes(ISO_8859_1);
  private static final int STATUS_AT = 9;

  private Answers() {}

  /**
   * Whether the bytes are an answer to its end.
   *
   * @throws IOException when it is not a good one
   */
  static boolean isWhole(byte[] bytes, int length) throws IOException {
    int head = headEnd(bytes, length);
    if (head < 0) {
      return false;
    }
    if (bytes[STATUS_AT] != '2') {
      throw new IOException("Refused: " + text(bytes, length));
    }
    int at = header(bytes, LENGTH, head);
    if (at >= 0) {
      return length >= head + number(bytes, at);
    }
    if (isChunked(bytes, head)) {
      return length >= LAST_CHUNK.length && matches(bytes, LAST_CHUNK, length - LAST_CHUNK.length);
    }
    throw new IOException("An answer without an end: " + text(bytes, length));
  }

  /** Whether the body comes in chunks. */
  static boolean isChunked(byte[] bytes, int head) {
    return header(bytes, CHUNKED, head) >= 0;
  }

  static String text(byte[] bytes, int length) {
    return new String(bytes, 0, Math.min(length, 2_000), ISO_8859_1);
  }

  /** Where the body begins, or -1. */
  static int headEnd(byte[] bytes, int length) {
    for (int at = 3; at < length; at++) {
      if (bytes[at] == '\n' && bytes[at - 2] == '\n') {
        return at + 1;
      }
    }
    return -1;
  }

  /** The place after a header's name, or -1. */
  private static int header(byte[] bytes, byte[] name, int head) {
    for (int at = 0; at + name.length < head; at++) {
      if (bytes[at] == '\n' && isNamed(bytes, at + 1, name)) {
        return at + 1 + name.length;
      }
    }
    return -1;
  }

  private static boolean isNamed(byte[] bytes, int at, byte[] name) {
    for (int i = 0; i < name.length; i++) {
      if ((bytes[at + i] | 0x20) != (name[i] | 0x20)) {
        return false;
      }
    }
    return true;
  }

  private static int number(byte[] bytes, int from) {
    int at = from;
    while (bytes[at] == ' ') {
      at++;
    }
    int number = 0;
    while (bytes[at] >= '0' && bytes[at] <= '9') {
      number = number * 10 + bytes[at++] - '0';
    }
    return number;
  }

  private static boolean matches(byte[] bytes, byte[] wanted, int at) {
    for (int i = 0; i < wanted.length; i++) {
      if (bytes[at + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
