package io.kafkafetch.adapter.processors.file;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Collects lines and writes them in few, large writes that end where a record ends. Only a record
 * larger than the buffer is written in pieces. Used by one thread at a time.
 */
final class LineBuffer {
  /** Writes what remains in the buffer, all of it. */
  @FunctionalInterface
  interface Drain {
    void write(ByteBuffer bytes) throws IOException;
  }

  private final ByteBuffer buffer;
  private final Drain drain;
  private final byte[] digits = new byte[19];
  private int recordEnd;
  private int records;
  private int writtenRecords;
  private long writtenBytes;
  private long pieces;

  LineBuffer(ByteBuffer buffer, Drain drain) {
    this.buffer = buffer.clear();
    this.drain = drain;
  }

  void put(byte[] bytes) throws IOException {
    put(bytes, 0, bytes.length);
  }

  void put(byte[] bytes, int from, int length) throws IOException {
    if (length <= buffer.remaining()) {
      buffer.put(bytes, from, length);
    } else {
      putInPieces(bytes, from, from + length);
    }
  }

  void put(byte single) throws IOException {
    if (!buffer.hasRemaining()) {
      makeRoom();
    }
    buffer.put(single);
  }

  /** A whole number in decimal digits. */
  void putDecimal(long number) throws IOException {
    if (number < 0) {
      throw new IllegalArgumentException("Not negative: " + number);
    }
    int at = digits.length;
    do {
      digits[--at] = (byte) ('0' + number % 10);
      number /= 10;
    } while (number > 0);
    put(digits, at, digits.length - at);
  }

  private void putInPieces(byte[] bytes, int from, int to) throws IOException {
    int next = from;
    while (next < to) {
      if (!buffer.hasRemaining() || recordEnd > 0) {
        makeRoom();
      }
      int length = Math.min(buffer.remaining(), to - next);
      buffer.put(bytes, next, length);
      next += length;
    }
  }

  /** What was put since the last call is one record. */
  void endRecord() {
    recordEnd = buffer.position();
    records++;
  }

  /** Writes the rest. */
  void finish() throws IOException {
    if (buffer.position() > 0) {
      makeRoom();
    }
  }

  /** How many records are written to their end. */
  int writtenRecords() {
    return writtenRecords;
  }

  /** How many bytes those records take. */
  long writtenBytes() {
    return writtenBytes;
  }

  private void makeRoom() throws IOException {
    if (recordEnd == 0) {
      int length = buffer.position();
      drain.write(buffer.flip());
      pieces += length;
      buffer.clear();
      return;
    }
    int position = buffer.position();
    drain.write(buffer.flip().limit(recordEnd));
    writtenBytes += pieces + recordEnd;
    writtenRecords = records;
    pieces = 0;
    buffer.limit(position).position(recordEnd).compact();
    recordEnd = 0;
  }
}
