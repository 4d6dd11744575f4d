package io.kafkafetch.benchmarks.question;

import io.kafkafetch.benchmarks.load.Records;
import io.kafkafetch.benchmarks.process.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** Sees from outside how fast lines come into a file, the same way for everybody who writes one. */
final class GrowingFile {
  private static final int LINE = Records.SIZE + 1;
  private static final long LOOK_NANOS = 1_000_000;
  private static final long STANDSTILL_NANOS = 60_000_000_000L;

  private GrowingFile() {}

  /**
   * Waits until all lines are there. The clock begins with the first ones, so that joining a group
   * is not counted.
   *
   * @return lines a second
   */
  static double rate(Path file, int records, Child writer) throws IOException {
    long whole = (long) records * LINE;
    long first = 0;
    long begun = 0;
    long last = -1;
    long moved = System.nanoTime();
    while (true) {
      long length = Files.exists(file) ? Files.size(file) : 0;
      long now = System.nanoTime();
      if (length > 0 && begun == 0) {
        first = length;
        begun = now;
      }
      if (length > whole) {
        throw new IOException(file + " has more than the " + records + " records of the topic");
      }
      if (length == whole) {
        return (whole - first) / (double) LINE / ((now - begun) / 1e9);
      }
      if (length != last) {
        last = length;
        moved = now;
      } else if (now - moved > STANDSTILL_NANOS) {
        throw new IOException(file + " does not grow beyond " + length + " of " + whole + " bytes");
      }
      writer.requireAlive();
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
