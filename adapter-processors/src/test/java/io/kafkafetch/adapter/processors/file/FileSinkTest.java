package io.kafkafetch.adapter.processors.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.domain.processor.Outcome;
import io.kafkafetch.domain.processor.ProcessorFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Given a folder that may be written, what a sink leaves in a file. */
final class FileSinkTest {
  @TempDir Path root;
  private Sinks sinks;
  private Path file;

  @BeforeEach
  void aFolderThatMayBeWritten() throws IOException {
    root = root.toRealPath();
    sinks = new Sinks(root);
    file = root.resolve("orders.log");
  }

  @Test
  void isOneOfTheProcessorsThatTheModuleProvides() {
    var provided =
        FileSinkFactory.class.getModule().getDescriptor().provides().stream()
            .filter(provides -> provides.service().equals(ProcessorFactory.class.getName()))
            .flatMap(provides -> provides.providers().stream())
            .toList();
    assertTrue(provided.contains(FileSinkFactory.class.getName()), provided.toString());
  }

  @Test
  void writesEachValueAsItIsAndEndsItWithANewline() throws IOException {
    try (var sink = sinks.open(Sinks.writingTo(file))) {
      var batch = Lines.of(Lines.ORDERS, 0, "one", null, "two\nlines", "", "žluťoučký kůň 🐎");
      assertEquals(Outcome.DELIVERED, sink.deliver(batch));
      assertEquals(Optional.empty(), sink.flush());
      assertEquals("one\n\ntwo\nlines\n\nžluťoučký kůň 🐎\n", Files.readString(file));
    }
  }

  @Test
  void makesTheFoldersAboveAFile() throws IOException {
    var deep = root.resolve("a/b/{topic}/{partition}.log");
    try (var sink = sinks.open(Sinks.writingTo(deep))) {
      assertEquals(Outcome.DELIVERED, sink.deliver(Lines.of(Lines.ORDERS, 0, "one")));
      assertEquals("one\n", Files.readString(root.resolve("a/b/orders/0.log")));
    }
  }

  @Test
  void writesValuesLargerThanItsBuffer() throws IOException {
    var large = "x".repeat(Buffers.SIZE * 2 + 17);
    try (var sink = sinks.open(Sinks.writingTo(file))) {
      var batch = Lines.of(Lines.ORDERS, 0, "small", large, "small", large, large, "small");
      assertEquals(Outcome.DELIVERED, sink.deliver(batch));
      assertEquals(
          List.of("small", large, "small", large, large, "small"), Files.readAllLines(file));
    }
  }

  @Test
  void appendsToWhatIsThere() throws IOException {
    Files.writeString(file, "before\n");
    try (var sink = sinks.open(Sinks.writingTo(file))) {
      assertEquals(Outcome.DELIVERED, sink.deliver(Lines.of(Lines.ORDERS, 0, "after")));
    }
    assertEquals("before\nafter\n", Files.readString(file));
  }

  @Test
  void cutsThePartOfALineThatAKilledProcessLeft() throws IOException {
    Files.write(file, "0:0\n0:1\n0:".getBytes(UTF_8));
    try (var sink = sinks.open(Sinks.writingTo(file))) {
      assertEquals(Outcome.DELIVERED, sink.deliver(Lines.numbered(Lines.ORDERS, 2, 4)));
    }
    assertEquals("0:0\n0:1\n0:2\n0:3\n", Files.readString(file));
  }

  @Test
  void sinksOfOneFileShareItAndTearNoLine() throws Exception {
    int partitions = 6;
    int batches = 200;
    var threads = new ArrayList<Thread>();
    for (int partition = 0; partition < partitions; partition++) {
      var source = Lines.orders(partition);
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                try (var sink = Sinks.open(sinks.processor(Sinks.writingTo(file)), source)) {
                  for (int batch = 0; batch < batches; batch++) {
                    assertEquals(
                        Outcome.DELIVERED,
                        sink.deliver(Lines.numbered(source, batch * 10L, batch * 10L + 10)));
                    assertEquals(Optional.empty(), sink.flush());
                  }
                }
              }));
    }
    for (var thread : threads) {
      thread.join();
    }
    var next = new long[partitions];
    for (var line : Files.readAllLines(file)) {
      int partition = Integer.parseInt(line.substring(0, 1));
      assertEquals(partition + ":" + next[partition], line);
      next[partition]++;
    }
    for (long count : next) {
      assertEquals(batches * 10L, count);
    }
  }
}
