package io.kafkafetch.application;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kafkafetch.application.driving.ConsumerDraft;
import io.kafkafetch.application.driving.ProcessorCatalog;
import io.kafkafetch.application.driving.ProcessorDraft;
import io.kafkafetch.application.memory.InMemoryBroker;
import io.kafkafetch.domain.processor.BatchHandler;
import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.Outcome;
import io.kafkafetch.domain.processor.RecordBatch;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A lambda of the host program as a processor. */
class HandlingTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String LETTERS = "t.g.dead-letter";

  private final InMemoryBroker broker = new InMemoryBroker(InstantSource.system());
  private final List<String> taken = new CopyOnWriteArrayList<>();

  @BeforeEach
  void tenRecords() {
    broker.createTopic("t", 1);
    for (var value : numbers(0, 10)) {
      broker.append("t", null, value.getBytes(UTF_8), List.of());
    }
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(Integer::toString).toList();
  }

  private Application running(BatchHandler handler) {
    var ports = DrivenPorts.inMemory().running(broker).handling("mine", handler);
    var application = Application.over(ports).start();
    application
        .consumers()
        .create(
            ConsumerDraft.of("t", "g").from("memory:1").into(ProcessorDraft.of("mine")).started());
    return application;
  }

  private void take(RecordBatch batch, int count) {
    for (int i = 0; i < count; i++) {
      taken.add(value(batch, i));
    }
  }

  private static String value(RecordBatch batch, int index) {
    var value = batch.value(index);
    return value == null ? "" : new String(value, UTF_8);
  }

  @Test
  void whatItReturnsAsDeliveredIsDeliveredOnceAndCommitted() {
    try (var _ =
        running(batch -> {
          take(batch, batch.size());
          return Outcome.DELIVERED;
        })) {
      await().atMost(SOON).until(() -> taken.size() >= 10);
    }
    assertEquals(numbers(0, 10), taken);
    assertEquals(10, broker.committed("g", "t", 0).orElseThrow().offset());
  }

  @Test
  void aBatchComesAgainWhenItThrows() {
    var attempts = new AtomicInteger();
    try (var _ =
        running(batch -> {
          if (attempts.incrementAndGet() < 3) {
            throw new IOException("thrown by a test");
          }
          take(batch, batch.size());
          return Outcome.DELIVERED;
        })) {
      await().atMost(SOON).until(() -> taken.size() >= 10);
    }
    assertEquals(numbers(0, 10), taken);
    assertEquals(3, attempts.get());
  }

  @Test
  void aRecordThatItRefusesBecomesADeadLetterAndTheOthersAreDelivered() {
    try (var _ =
        running(batch -> {
          for (int i = 0; i < batch.size(); i++) {
            if (value(batch, i).equals("4")) {
              take(batch, i);
              return Outcome.stopped(i, new Cause.Poison("a four"));
            }
          }
          take(batch, batch.size());
          return Outcome.DELIVERED;
        })) {
      await().atMost(SOON).until(() -> taken.size() >= 9);
    }
    assertEquals(numbers(0, 10).stream().filter(value -> !value.equals("4")).toList(), taken);
    assertEquals("4", value(broker.read(LETTERS, 0, 0, 10).orElseThrow(), 0));
  }

  @Test
  void severalAreTypesBesideEachOther() {
    BatchHandler handler = _ -> Outcome.DELIVERED;
    var ports = DrivenPorts.inMemory().handling("one", handler).handling("two", handler);

    try (var application = Application.over(ports)) {
      assertEquals(
          List.of("one", "two"),
          application.processors().types().stream()
              .map(ProcessorCatalog.ProcessorType::name)
              .toList());
    }
  }

  @Test
  void aTypeWithoutANameIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> DrivenPorts.inMemory().handling(" ", _ -> Outcome.DELIVERED));
  }

  @Test
  void everyApplicationHasANameOfItsOwnUnlessItIsGivenOne() {
    assertNotEquals(DrivenPorts.inMemory().self().id(), DrivenPorts.inMemory().self().id());
    assertEquals("till-7", DrivenPorts.inMemory().named("till-7").self().id().value());
  }
}
