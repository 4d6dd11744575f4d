package io.kafkafetch.benchmarks.question;

import io.kafkafetch.benchmarks.load.Records;
import io.kafkafetch.benchmarks.process.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Sees from outside how fast lines come into many files. */
final class GrowingFiles {
  private static final int LINE = Records.SIZE + 1;

  /** Looking at two hundred files is not to take part in what is measured. */
  private static final long LOOK_NANOS = 50_000_000;

  private static final long LIMIT_NANOS = 240_000_000_000L;

  private final List<Path> files = new ArrayList<>();

  void add(Path file) {
    files.add(file);
  }

  /** Waits until each has that many lines; lines a second in all, since the first one. */
  double rate(int records, Child writer) throws IOException {
    long whole = (long) records * LINE * files.size();
    long begun = 0;
    long first = 0;
    long deadline = System.nanoTime() + LIMIT_NANOS;
    while (true) {
      long length = length();
      long now = System.nanoTime();
      if (begun == 0 && length > 0) {
        begun = now;
        first = length;
      }
      if (length >= whole) {
        requireEach((long) records * LINE);
        return (whole - first) / (double) LINE / ((now - begun) / 1e9);
      }
      if (now > deadline) {
        throw new IOException("Only " + length + " of " + whole + " bytes were written");
      }
      writer.requireAlive();
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private long length() {
    long length = 0;
    for (var file : files) {
      length += file.toFile().length();
    }
    return length;
  }

  private void requireEach(long wanted) throws IOException {
    for (var file : files) {
      if (Files.size(file) != wanted) {
        throw new IOException(file + " has " + Files.size(file) + " bytes, not " + wanted);
      }
    }
  }

  void delete() throws IOException {
    for (var file : files) {
      Files.delete(file);
    }
  }
}
