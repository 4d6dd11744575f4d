package io.kafkafetch.adapter.processors.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.Outcome;
import io.kafkafetch.domain.processor.PartitionSink;
import io.kafkafetch.domain.processor.Progress;
import io.kafkafetch.domain.processor.SinkCheck;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Given a file system that does not do as it should, what a sink says and what comes of it. */
final class FaultsTest {
  @TempDir Path root;
  private Sinks sinks;
  private Path file;

  @BeforeEach
  void aFolderThatMayBeWritten() throws IOException {
    root = root.toRealPath();
    sinks = new Sinks(root);
    file = root.resolve("a/orders.log");
  }

  private static Outcome deliver(PartitionSink sink, long from, long to) {
    return sink.deliver(Lines.numbered(Lines.ORDERS, from, to));
  }

  private static String reason(Outcome outcome) {
    var cause = assertInstanceOf(Outcome.Stopped.class, outcome).cause();
    return assertInstanceOf(Cause.Transient.class, cause).reason();
  }

  @Test
  void aFullDiskIsWaitedForAndTearsNoLine() throws Exception {
    try (var disk = SmallFileSystem.ofKibibytes(256)) {
      var small = new Sinks(disk.folder());
      var log = disk.folder().resolve("orders.log");
      var filler = disk.folder().resolve("filler");
      Files.write(filler, new byte[128 * 1024]);
      try (var sink = small.open(Sinks.writingTo(log))) {
        long next = 0;
        Outcome outcome = deliver(sink, next, next + 5000);
        while (outcome instanceof Outcome.Delivered) {
          next += 5000;
          outcome = deliver(sink, next, next + 5000);
        }
        var stopped = (Outcome.Stopped) outcome;
        assertTrue(reason(outcome).contains("No space left"), reason(outcome));
        next += stopped.delivered();
        assertTrue(Files.readString(log).endsWith("0:" + (next - 1) + "\n"));
        Files.delete(filler);
        assertEquals(Outcome.DELIVERED, deliver(sink, next, next + 10));
        assertEquals(Optional.empty(), sink.flush());
        var lines = Files.readAllLines(log);
        assertEquals(next + 10, lines.size());
        for (int i = 0; i < lines.size(); i++) {
          assertEquals("0:" + i, lines.get(i));
        }
      }
    }
  }

  @Test
  void aReadOnlyFileSystemIsSaidSo() throws Exception {
    try (var disk = SmallFileSystem.ofKibibytes(256)) {
      var small = new Sinks(disk.folder());
      try (var sink = small.open(Sinks.writingTo(disk.folder().resolve("orders.log")))) {
        disk.makeReadOnly();
        var reason = reason(deliver(sink, 0, 1));
        assertTrue(reason.contains("Read-only file system"), reason);
        disk.makeWritable();
        assertEquals(Outcome.DELIVERED, deliver(sink, 0, 1));
      }
    }
  }

  @Test
  void aFolderInTheFilesPlaceIsSaidSoAndWaitedFor() throws IOException {
    Files.createDirectories(file);
    try (var sink = sinks.open(Sinks.writingTo(file))) {
      var reason = reason(deliver(sink, 0, 1));
      assertTrue(reason.contains("there is a folder at this path"), reason);
      Files.delete(file);
      assertEquals(Outcome.DELIVERED, deliver(sink, 0, 1));
    }
  }

  @Test
  void aFileInAFoldersPlaceIsSaidSoAndWaitedFor() throws IOException {
    Files.writeString(root.resolve("a"), "");
    try (var sink = sinks.open(Sinks.writingTo(file))) {
      var reason = reason(deliver(sink, 0, 1));
      assertTrue(reason.contains("not a folder"), reason);
      Files.delete(root.resolve("a"));
      assertEquals(Outcome.DELIVERED, deliver(sink, 0, 1));
    }
  }

  @Test
  void linesOfARemovedFolderThatWereNotFlushedComeAgain() throws IOException {
    try (var sink = sinks.open(Sinks.writingTo(file))) {
      assertEquals(Outcome.DELIVERED, deliver(sink, 0, 2));
      Files.delete(file);
      Files.delete(file.resolveSibling(""));
      var cause = sink.flush().orElseThrow();
      assertTrue(cause.reason().contains("was removed"), cause.reason());
      sink.begin(new Progress(0, 0));
      assertEquals(Outcome.DELIVERED, deliver(sink, 0, 3));
      assertEquals(Optional.empty(), sink.flush());
      assertEquals("0:0\n0:1\n0:2\n", Files.readString(file));
    }
  }

  @Test
  void aFileThatSomebodyElseRotatedIsGoneOnWithAnew() throws IOException {
    try (var sink = sinks.open(Sinks.writingTo(file))) {
      assertEquals(Outcome.DELIVERED, deliver(sink, 0, 2));
      Files.move(file, file.resolveSibling("orders.log.1"));
      assertEquals(Optional.empty(), sink.flush());
      assertEquals(Outcome.DELIVERED, deliver(sink, 2, 3));
      assertEquals("0:0\n0:1\n", Files.readString(file.resolveSibling("orders.log.1")));
      assertEquals("0:2\n", Files.readString(file));
    }
  }

  @Test
  void anotherProcessThatHoldsTheFileIsWaitedFor() throws IOException {
    try (var sink = sinks.open(Sinks.writingTo(file))) {
      assertEquals(Outcome.DELIVERED, deliver(sink, 0, 1));
      try (var other = FileChannel.open(file, StandardOpenOption.WRITE);
          var lock = other.lock()) {
        assertTrue(lock.isValid());
        assertTrue(reason(deliver(sink, 1, 2)).contains("somebody else holds the file's lock"));
      }
      assertEquals(Outcome.DELIVERED, deliver(sink, 1, 2));
    }
  }

  @Test
  void aFileIsRotatedWhenItWouldGrowTooLarge() throws IOException {
    var config = Sinks.writingTo(file, "rotate_bytes", 1024L, "gzip", true);
    try (var sink = sinks.open(config)) {
      for (long next = 0; next < 600; next += 100) {
        assertEquals(Outcome.DELIVERED, deliver(sink, next, next + 100));
      }
    }
    try (var files = Files.list(file.resolveSibling(""))) {
      var names = files.map(path -> path.getFileName().toString()).sorted().toList();
      assertTrue(names.size() > 2, names.toString());
      assertEquals("orders.log", names.getFirst());
      assertTrue(
          names.stream()
              .skip(1)
              .allMatch(name -> name.matches("orders\\.log\\.20261120T22000000\\dZ\\.gz")),
          names.toString());
    }
  }

  @Test
  void aFileOfAnEarlierWindowIsFinishedFirst() throws IOException {
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, "before\n");
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-11-20T21:59:59Z")));
    var config = Sinks.writingTo(file, "rotate_interval_ms", 3_600_000L);
    try (var sink = sinks.open(config)) {
      assertEquals(Outcome.DELIVERED, deliver(sink, 0, 1));
      sinks.now = Instant.parse("2026-11-20T22:59:59Z");
      assertEquals(Outcome.DELIVERED, deliver(sink, 1, 2));
      assertEquals("0:0\n0:1\n", Files.readString(file));
      assertEquals(
          "before\n", Files.readString(file.resolveSibling("orders.log.20261120T220000000Z")));
    }
  }

  @Test
  void eachDayHasItsFile() throws IOException {
    var config = Sinks.writingTo(root.resolve("{date}/{topic}-{date}.log"));
    try (var sink = sinks.open(config)) {
      assertEquals(Outcome.DELIVERED, deliver(sink, 0, 1));
      sinks.now = Instant.parse("2026-11-21T00:00:00Z");
      assertEquals(Outcome.DELIVERED, deliver(sink, 1, 2));
      assertEquals(Optional.empty(), sink.flush());
    }
    assertEquals("0:0\n", Files.readString(root.resolve("2026-11-20/orders-2026-11-20.log")));
    assertEquals("0:1\n", Files.readString(root.resolve("2026-11-21/orders-2026-11-21.log")));
  }

  @Test
  void aDryRunSaysWhatItFindsAndChangesNothing() throws IOException {
    var plan = sinks.plan(Sinks.writingTo(file), 1);
    assertTrue(sinks.factory.check(plan).stream().allMatch(SinkCheck::ok));
    assertFalse(Files.exists(file.resolveSibling("")));
    Files.createDirectories(file);
    var failed = sinks.factory.check(plan).stream().filter(check -> !check.ok()).toList();
    assertEquals(List.of("writable"), failed.stream().map(SinkCheck::name).toList());
  }
}
