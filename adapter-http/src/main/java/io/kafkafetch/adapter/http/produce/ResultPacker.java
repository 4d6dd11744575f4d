package io.kafkafetch.adapter.http.produce;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.kafkafetch.application.driving.Receipt;
import java.util.Arrays;

/**
 * Packs results, as {@link ResultLines} unpacks them: most are one byte, since they follow the last
 * one of their partition. Belongs to the settling thread.
 */
final class ResultPacker {
  /** A line as it is: its length in four bytes, then the line. */
  static final byte LINE = 0;

  /** Another topic: its length in two bytes, its name; every partition begins anew. */
  static final byte TOPIC = 1;

  /** Anywhere: the partition in four bytes, the offset in eight. */
  static final byte PLACE = 2;

  /** The next offset of the partition that this and a small number make. */
  static final int NEXT = 3;

  /** Partitions that are followed; the others are told in full. */
  static final int FOLLOWED = 200;

  private static final int LONGEST_PLACE = 13;

  private final ResultLog log;
  private final long[] next = new long[FOLLOWED];
  private String topic = "";
  private byte[] block = new byte[ResultLog.BLOCK];
  private int filled;

  ResultPacker(ResultLog log) {
    this.log = log;
  }

  void written(String to, Receipt receipt) throws InterruptedException {
    if (!to.equals(topic)) {
      topic(to);
    }
    requireRoom(LONGEST_PLACE);
    int partition = receipt.partition();
    long offset = receipt.offset();
    if (partition < FOLLOWED && next[partition] == offset) {
      block[filled++] = (byte) (NEXT + partition);
    } else {
      block[filled++] = PLACE;
      number(partition, 4);
      number(offset, 8);
    }
    if (partition < FOLLOWED) {
      next[partition] = offset + 1;
    }
  }

  private void topic(String to) throws InterruptedException {
    requireRoom(3 + to.length());
    block[filled++] = TOPIC;
    number(to.length(), 2);
    bytes(to.getBytes(ISO_8859_1));
    topic = to;
    Arrays.fill(next, -1);
  }

  void line(byte[] line) throws InterruptedException {
    requireRoom(5 + line.length);
    block[filled++] = LINE;
    number(line.length, 4);
    bytes(line);
  }

  /** Hands over what was packed so far. */
  void handOver() throws InterruptedException {
    if (filled > 0) {
      if (log.add(new ResultLog.Block(block, filled))) {
        block = new byte[ResultLog.BLOCK];
      }
      filled = 0;
    }
  }

  private void requireRoom(int bytes) throws InterruptedException {
    if (block.length - filled < bytes) {
      handOver();
      if (block.length < bytes) {
        block = new byte[bytes];
      }
    }
  }

  private void number(long number, int bytes) {
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
      block[filled++] = (byte) (number >>> shift);
    }
  }

  private void bytes(byte[] bytes) {
    System.arraycopy(bytes, 0, block, filled, bytes.length);
    filled += bytes.length;
  }
}
