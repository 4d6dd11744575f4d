package io.kafkafetch.adapter.http.produce;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.kafkafetch.application.driving.Receipt;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Writes one line for each result, as soon as it is known and nothing before it is missing. Belongs
 * to the answering thread.
 */
final class ResultLines {
  private static final int GATHERED = 16 << 10;
  private static final byte[] OFFSET = ",\"offset\":".getBytes(ISO_8859_1);
  private static final byte[] END =
      ",\"message\":\"Message sent successfully\"}\n".getBytes(ISO_8859_1);
  private static final int LONGEST_NUMBERS = 40;

  private final OutputStream out;
  private final ResultQueue results;
  private final byte[] buffer = new byte[GATHERED];
  private int filled;
  private int taken;
  private String topic = "";
  private byte[] begin = {};

  ResultLines(OutputStream out, ResultQueue results) {
    this.out = out;
    this.results = results;
  }

  /** Writes these results, and those that follow up to the end. */
  void writeAll(List<ResultQueue.Result> first) throws IOException {
    var next = first;
    while (!next.isEmpty()) {
      for (var result : next) {
        write(result);
      }
      if (!results.isAtHand()) {
        flush();
      }
      next = take();
    }
    flush();
  }

  private List<ResultQueue.Result> take() throws IOException {
    try {
      return results.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("The server stops");
    }
  }

  private void write(ResultQueue.Result result) throws IOException {
    if (!result.receipt().isDone()) {
      // Nobody waits for a line that is ready because the next one is not.
      flush();
    }
    taken++;
    switch (Outcome.of(result.topic(), result.receipt())) {
      case Outcome.Written written -> write(written.topic(), written.receipt());
      case Outcome.Failed failed -> append(OutcomeJson.line(failed, result.line()));
    }
  }

  private void write(String to, Receipt receipt) throws IOException {
    if (!to.equals(topic)) {
      topic = to;
      begin = ("{\"success\":true,\"topic\":\"" + to + "\",\"partition\":").getBytes(ISO_8859_1);
    }
    if (buffer.length - filled < begin.length + OFFSET.length + END.length + LONGEST_NUMBERS) {
      spill();
    }
    copy(begin);
    digits(receipt.partition());
    copy(OFFSET);
    digits(receipt.offset());
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

  private void append(byte[] line) throws IOException {
    spill();
    out.write(line);
  }

  private void spill() throws IOException {
    out.write(buffer, 0, filled);
    filled = 0;
  }

  private void flush() throws IOException {
    spill();
    out.flush();
    results.taken(taken);
    taken = 0;
  }
}
