package io.kafkafetch.benchmarks.limit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;

/** What has come in over one connection and is not answered yet. */
final class Intake {
  private static final int ROOM = 2 << 20;
  private static final byte[] LENGTH = "\ncontent-length:".getBytes(ISO_8859_1);

  private final byte[] bytes = new byte[ROOM];

  /** Where more is read into. */
  final ByteBuffer buffer = ByteBuffer.wrap(bytes);

  /** Where the request that begins at {@code from} ends; 0 when it is not whole. */
  int end(int from) {
    int head = headEnd(from);
    if (head == 0) {
      return 0;
    }
    int end = head + length(from, head);
    return end <= buffer.position() ? end : 0;
  }

  /** How many records are in a request: a line is one, and so is a body without lines. */
  int records(int from, int end) {
    int lines = 0;
    for (int at = headEnd(from); at < end; at++) {
      lines += bytes[at] == '\n' ? 1 : 0;
    }
    return Math.max(1, lines);
  }

  /** Everything below is answered. */
  void forget(int end) {
    if (end > 0) {
      buffer.flip().position(end);
      buffer.compact();
    }
  }

  private int headEnd(int from) {
    for (int at = from + 3; at < buffer.position(); at++) {
      if (bytes[at] == '\n' && bytes[at - 2] == '\n') {
        return at + 1;
      }
    }
    return 0;
  }

  private int length(int from, int headEnd) {
    for (int at = from; at < headEnd - LENGTH.length; at++) {
      if (isLengthAt(at)) {
        return number(at + LENGTH.length);
      }
    }
    return 0;
  }

  private boolean isLengthAt(int at) {
    for (int i = 0; i < LENGTH.length; i++) {
      if ((bytes[at + i] | 0x20) != (LENGTH[i] | 0x20)) {
        return false;
      }
    }
    return true;
  }

  private int number(int from) {
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
}
