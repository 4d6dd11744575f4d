package io.kafkafetch.adapter.processors.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.Opening;
import io.kafkafetch.domain.processor.Outcome;
import io.kafkafetch.domain.processor.ProcessorConfig;
import io.kafkafetch.domain.processor.Progress;
import io.kafkafetch.domain.processor.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Given a sink with exactly_once, what it remembers, drops and refuses. */
final class ExactlyOnceTest {
  @TempDir Path root;
  private Sinks sinks;
  private Path file;
  private ProcessorConfig config;

  @BeforeEach
  void aSinkThatWritesExactlyOnce() throws IOException {
    root = root.toRealPath();
    sinks = new Sinks(root);
    file = root.resolve("orders.log");
    config = Sinks.writingTo(file, "exactly_once", true);
  }

  @Test
  void remembersWhatWasFlushedAndForgetsTheRest() throws IOException {
    try (var sink = sinks.open(config)) {
      assertEquals(Optional.empty(), sink.remembered());
      assertEquals(Outcome.DELIVERED, sink.deliver(Lines.numbered(Lines.ORDERS, 0, 3)));
      assertEquals(Optional.empty(), sink.flush());
      assertEquals(Outcome.DELIVERED, sink.deliver(Lines.numbered(Lines.ORDERS, 3, 5)));
    }
    try (var sink = sinks.open(config)) {
      assertEquals(Optional.of(new Progress(0, 3)), sink.remembered());
      assertEquals("0:0\n0:1\n0:2\n", Files.readString(file));
    }
  }

  @Test
  void dropsWhatIsInTheFileWhenItComesAgain() throws IOException {
    try (var sink = sinks.open(config)) {
      assertEquals(Outcome.DELIVERED, sink.deliver(Lines.numbered(Lines.ORDERS, 0, 3)));
      sink.begin(new Progress(0, 0));
      assertEquals(Outcome.DELIVERED, sink.deliver(Lines.numbered(Lines.ORDERS, 0, 5)));
      assertEquals("0:0\n0:1\n0:2\n0:3\n0:4\n", Files.readString(file));
    }
  }

  @Test
  void writesAgainWhatAnotherGenerationReplays() throws IOException {
    try (var sink = sinks.open(config)) {
      assertEquals(Outcome.DELIVERED, sink.deliver(Lines.numbered(Lines.ORDERS, 0, 3)));
      assertEquals(Optional.empty(), sink.flush());
      sink.begin(new Progress(1, 1));
      assertEquals(Outcome.DELIVERED, sink.deliver(Lines.numbered(Lines.ORDERS, 1, 3)));
      assertEquals(Optional.empty(), sink.flush());
      assertEquals(Optional.of(new Progress(1, 3)), sink.remembered());
      assertEquals("0:0\n0:1\n0:2\n0:1\n0:2\n", Files.readString(file));
    }
  }

  @Test
  void remembersWhatWasSkipped() {
    try (var sink = sinks.open(config)) {
      sink.skipTo(9);
      assertEquals(Optional.empty(), sink.flush());
    }
    try (var sink = sinks.open(config)) {
      assertEquals(Optional.of(new Progress(0, 9)), sink.remembered());
    }
  }

  @Test
  void writesAgainWhatIsRedelivered() throws IOException {
    try (var sink = sinks.open(config)) {
      assertEquals(Outcome.DELIVERED, sink.deliver(Lines.numbered(Lines.ORDERS, 0, 3)));
      assertEquals(Outcome.DELIVERED, sink.redeliver(Lines.numbered(Lines.ORDERS, 1, 2)));
    }
    try (var sink = sinks.open(config)) {
      assertEquals(Optional.of(new Progress(0, 3)), sink.remembered());
      assertEquals("0:0\n0:1\n0:2\n0:1\n", Files.readString(file));
    }
  }

  @Test
  void keepsWhatWasInTheFileBefore() throws IOException {
    Files.writeString(file, "before\n");
    try (var sink = sinks.open(config)) {
      assertEquals(Outcome.DELIVERED, sink.deliver(Lines.numbered(Lines.ORDERS, 0, 1)));
    }
    sinks.open(config).close();
    assertEquals("before\n", Files.readString(file));
  }

  @Test
  void aRemovedFileTakesOnlyWhatWasFlushedWithIt() throws IOException {
    var one = Sinks.open(sinks.processor(config), Lines.orders(1));
    var two = Sinks.open(sinks.processor(config), Lines.orders(2));
    try (one;
        two) {
      assertEquals(Outcome.DELIVERED, one.deliver(Lines.numbered(Lines.orders(1), 0, 2)));
      assertEquals(Optional.empty(), one.flush());
      assertEquals(Outcome.DELIVERED, one.deliver(Lines.numbered(Lines.orders(1), 2, 4)));
      assertEquals(Outcome.DELIVERED, two.deliver(Lines.numbered(Lines.orders(2), 0, 2)));
      Files.delete(file);
      assertInstanceOf(Cause.Transient.class, one.flush().orElseThrow());
      // The other partition lost lines too, and takes none before it was told so by its flush.
      assertInstanceOf(Outcome.Stopped.class, two.deliver(Lines.numbered(Lines.orders(2), 2, 3)));
      assertInstanceOf(Cause.Transient.class, two.flush().orElseThrow());
      one.begin(new Progress(0, 2));
      two.begin(new Progress(0, 0));
      assertEquals(Outcome.DELIVERED, one.deliver(Lines.numbered(Lines.orders(1), 2, 4)));
      assertEquals(Outcome.DELIVERED, two.deliver(Lines.numbered(Lines.orders(2), 0, 3)));
      assertEquals(Optional.empty(), one.flush());
      assertEquals("1:2\n1:3\n2:0\n2:1\n2:2\n", Files.readString(file));
    }
  }

  @Test
  void aPartitionIsOpenOnlyOnce() {
    var processor = sinks.processor(config);
    try (var sink = Sinks.open(processor, Lines.ORDERS)) {
      assertEquals(Optional.empty(), sink.remembered());
      assertInstanceOf(Opening.Refused.class, processor.open(Lines.ORDERS));
    }
    Sinks.open(processor, Lines.ORDERS).close();
  }

  @Test
  void aSecondWriterWaitsAndIsToldWhoWrites() {
    var elsewhere = new Sinks(root);
    try (var sink = sinks.open(config)) {
      assertEquals(Optional.empty(), sink.remembered());
      for (var other :
          List.of(
              sinks.processor("consumer-2", "processor-2", config),
              sinks.processor(config.with("exactly_once", false)),
              elsewhere.processor(config))) {
        var refused = assertInstanceOf(Opening.Refused.class, other.open(Lines.orders(1)));
        var cause = assertInstanceOf(Cause.Transient.class, refused.cause());
        assertTrue(cause.reason().contains("another"), cause.reason());
      }
    }
  }

  @Test
  void aSecondClaimOfTheFileIsRefused() {
    var exact = sinks.factory.claims(sinks.plan(config, 1)).getFirst();
    var shared = sinks.factory.claims(sinks.plan(config.with("exactly_once", false), 1)).getFirst();
    assertFalse(exact.agreesWith(exact));
    assertFalse(exact.agreesWith(shared));
    assertTrue(shared.agreesWith(shared));
  }

  @Test
  void severalMembersNeedAFileForEachPartition() {
    var fields =
        sinks.factory.validate(sinks.plan(config, 2)).stream().map(Violation::field).toList();
    assertEquals(List.of("exactly_once"), fields);
    var perPartition = config.with("file_path", root + "/{partition}.log");
    assertEquals(List.of(), sinks.factory.validate(sinks.plan(perPartition, 2)));
  }

  @Test
  void whatIsNotForcedCannotBeExactlyOnce() {
    var fields =
        sinks.factory.validate(sinks.plan(config.with("fsync", "never"), 1)).stream()
            .map(Violation::field)
            .toList();
    assertEquals(List.of("fsync"), fields);
  }

  @Test
  void aDamagedWatermarkIsWaitedForAndNothingIsCut() throws IOException {
    try (var sink = sinks.open(config)) {
      assertEquals(Outcome.DELIVERED, sink.deliver(Lines.numbered(Lines.ORDERS, 0, 3)));
      assertEquals(Optional.empty(), sink.flush());
    }
    Files.writeString(root.resolve(".orders.log.watermark"), "file_sink watermark 1\nlength 0\n");
    var refused =
        assertInstanceOf(Opening.Refused.class, sinks.processor(config).open(Lines.ORDERS));
    assertTrue(refused.cause().reason().contains("watermark"), refused.cause().reason());
    assertEquals("0:0\n0:1\n0:2\n", Files.readString(file));
  }
}
