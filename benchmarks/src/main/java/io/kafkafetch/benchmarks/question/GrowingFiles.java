package io.kafkafetch.benchmarks.question;

import io.kafkafetch.benchmarks.load.Records;
import io.kafkafetch.benchmarks.process.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Sees from outside how fast lines come into many files. */
final class GrowingFiles {
  private static final int LINE = Records.SIZE + 1;

  /** Looking at two hundred files is not to take part in what is measured. */
  private static final long LOOK_NANOS = 50_000_000;

  private static final long LIMIT_NANOS = 240_000_000_000L;

  private final List<Path> files = new ArrayList<>();

  /** How many had something in them at the last look. */
  private int begun;

  void add(Path file) {
    files.add(file);
  }

  /**
   * How fast the lines came.
   *
   * @param whole lines a second in all, since the first one
   * @param going the same since each file has begun, when nothing is being started any more
   */
  record Rates(double whole, double going) {}

  /** What had been written at a moment. */
  private record Mark(long nanos, long bytes) {
    double rate(Mark later) {
      return (later.bytes - bytes) / (double) LINE / ((later.nanos - nanos) / 1e9);
    }
  }

  /** Waits until each has that many lines. */
  Rates rates(int records, Child writer) throws IOException {
    long each = (long) records * LINE;
    Optional<Mark> first = Optional.empty();
    Optional<Mark> going = Optional.empty();
    long deadline = System.nanoTime() + LIMIT_NANOS;
    while (true) {
      var now = new Mark(System.nanoTime(), length());
      if (first.isEmpty() && now.bytes() > 0) {
        first = Optional.of(now);
      }
      if (going.isEmpty() && begun == files.size()) {
        going = Optional.of(now);
      }
      if (now.bytes() >= each * files.size()) {
        requireEach(each);
        return new Rates(first.orElseThrow().rate(now), going.orElseThrow().rate(now));
      }
      if (now.nanos() > deadline) {
        throw new IOException(
            "Only " + now.bytes() + " of " + each * files.size() + " bytes were written");
      }
      writer.requireAlive();
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private long length() throws IOException {
    long length = 0;
    begun = 0;
    for (var file : files) {
      long bytes = file.toFile().length();
      begun += bytes > 0 ? 1 : 0;
      length += bytes;
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
