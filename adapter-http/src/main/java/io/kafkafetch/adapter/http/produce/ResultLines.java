package io.kafkafetch.adapter.http.produce;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Writes one line for each packed result. Belongs to the answering thread. */
final class ResultLines {
  private static final int GATHERED = 16 << 10;
  private static final byte[] OFFSET = ",\"offset\":".getBytes(ISO_8859_1);
  private static final byte[] END =
      ",\"message\":\"Message sent successfully\"}\n".getBytes(ISO_8859_1);
  private static final int LONGEST_NUMBERS = 40;

  private final OutputStream out;
  private final ResultLog log;
  private final long[] next = new long[ResultPacker.FOLLOWED];
  private final byte[] buffer = new byte[GATHERED];
  private int filled;
  private byte[] begin = {};
  private byte[] block = {};
  private int at;

  ResultLines(OutputStream out, ResultLog log) {
    this.out = out;
    this.log = log;
  }

  /** Writes all results up to the end, each as soon as it is there. */
  void writeAll() throws IOException {
    for (var taken = take(); taken.length() > 0; taken = take()) {
      block = taken.bytes();
      at = 0;
      while (at < taken.length()) {
        write();
      }
      if (!log.isAtHand()) {
        spill();
        out.flush();
      }
    }
    spill();
  }

  private ResultLog.Block take() throws IOException {
    try {
      return log.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("The server stops");
    }
  }

  private void write() throws IOException {
    int tag = block[at++] & 0xff;
    switch (tag) {
      case ResultPacker.LINE -> {
        int length = (int) number(4);
        spill();
        out.write(block, at, length);
        at += length;
      }
      case ResultPacker.TOPIC -> {
        int length = (int) number(2);
        var topic = new String(block, at, length, ISO_8859_1);
        at += length;
        begin =
            ("{\"success\":true,\"topic\":\"" + topic + "\",\"partition\":").getBytes(ISO_8859_1);
        Arrays.fill(next, -1);
      }
      case ResultPacker.PLACE -> {
        int partition = (int) number(4);
        write(partition, number(8));
      }
      default -> write(tag - ResultPacker.NEXT, next[tag - ResultPacker.NEXT]);
    }
  }

  private long number(int bytes) {
    long number = 0;
    for (int i = 0; i < bytes; i++) {
      number = (number << 8) | (block[at++] & 0xff);
    }
    return number;
  }

  private void write(int partition, long offset) throws IOException {
    if (partition < ResultPacker.FOLLOWED) {
      next[partition] = offset + 1;
    }
    if (buffer.length - filled < begin.length + OFFSET.length + END.length + LONGEST_NUMBERS) {
      spill();
    }
    copy(begin);
    digits(partition);
    copy(OFFSET);
    digits(offset);
    copy(END);
  }

  private void copy(byte[] bytes) {
    System.arraycopy(bytes, 0, buffer, filled, bytes.length);
    filled += bytes.length;
  }

  private void digits(long number) {
    int length = 1;
    for (long rest = number; rest > 9; rest /= 10) {
      length++;
    }
    long rest = number;
    for (int i = filled + length - 1; i >= filled; i--) {
      buffer[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    filled += length;
  }

  private void spill() throws IOException {
    out.write(buffer, 0, filled);
    filled = 0;
  }
}
