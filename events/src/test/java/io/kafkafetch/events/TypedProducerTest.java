package io.kafkafetch.events;

import static io.kafkafetch.events.EventsWorld.A_MOMENT;
import static io.kafkafetch.events.EventsWorld.PATIENCE;
import static io.kafkafetch.events.EventsWorld.event;
import static io.kafkafetch.events.EventsWorld.numbers;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kafkafetch.domain.event.Environment;
import io.kafkafetch.domain.event.EventMetadata;
import io.kafkafetch.domain.event.EventPayload;
import io.kafkafetch.domain.event.EventSource;
import io.kafkafetch.domain.event.EventType;
import io.kafkafetch.domain.event.WorkflowEvent;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TypedProducerTest {
  private final EventsWorld world = EventsWorld.shared();
  private final ProducerOptions options =
      ProducerOptions.builder().bootstrapServers(world.bootstrap()).build();

  @Test
  void whatIsSentIsConsumedEqualAndInOrder() {
    var topic = world.topic(3);
    var consumed = new ArrayList<WorkflowEvent>();
    try (var producer = new WorkflowEventProducer(options);
        var consumer = world.consumer(world.options())) {
      for (int number : numbers(0, 500)) {
        var _ = producer.send(topic, event(number));
      }
      producer.flush();
      assertEquals(new ProducerCounts(500, 0), producer.counts());
      consumer.consumeEvents(consumed::add, List.of(topic), A_MOMENT);
    }
    assertEquals(numbers(0, 500).stream().map(EventsWorld::event).toList(), consumed);
  }

  @Test
  void theEventsOfOneWorkflowShareAPartitionAndAKey() {
    var topic = world.topic(8);
    try (var producer = new WorkflowEventProducer(options);
        var consumer = world.consumer(world.options())) {
      int partition = producer.sendAndWait(topic, event(0)).partition();
      assertEquals(partition, producer.sendAndWait(topic, event(1)).partition());
      consumer.subscribe(List.of(topic));
      var polled = consumer.poll(PATIENCE);
      var record = polled.getOrDefault(new TopicPartition(topic, partition), List.of()).getFirst();
      assertArrayEquals("workflow".getBytes(UTF_8), record.key());
    }
  }

  @Test
  void closingSendsWhatIsOnItsWay() {
    var topic = world.topic(1);
    var producer =
        new WorkflowEventProducer(
            ProducerOptions.builder()
                .bootstrapServers(world.bootstrap())
                .clientProperty("linger.ms", "20000")
                .build());
    for (int number : numbers(0, 50)) {
      var _ = producer.send(topic, event(number));
    }
    producer.close();
    assertEquals(new ProducerCounts(50, 0), producer.counts());
    assertThrows(IllegalStateException.class, () -> producer.send(topic, event(0)));
  }

  @Test
  void anEventThatIsTooLargeFailsAloneAndIsCounted() {
    var topic = world.topic(1);
    var event =
        new WorkflowEvent(
            UUID.randomUUID(),
            EventType.WORKFLOW_FAILED,
            OffsetDateTime.parse("2026-01-02T12:00:00Z"),
            EventSource.FASTAPI,
            "big",
            "run",
            new EventPayload(Map.of("log", "x".repeat(2_000_000))),
            EventMetadata.of(Environment.DEV));
    try (var producer = new WorkflowEventProducer(options)) {
      var failure =
          assertThrows(CompletionException.class, () -> producer.send(topic, event).join());
      assertInstanceOf(RecordTooLargeException.class, failure.getCause());
      producer.sendAndWait(topic, event(1));
      assertEquals(new ProducerCounts(1, 1), producer.counts());
    }
  }

  @Test
  void whatTheProducerDecidesCannotBeOverridden() {
    var refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> ProducerOptions.builder().clientProperty("acks", "0"));
    assertEquals("acks is set by the producer: all", refusal.getMessage());
  }

  /** A type that this library has never heard of. */
  private record Reading(String sensor, int celsius) {}

  private static final class ReadingCodec implements RecordCodec<Reading> {
    @Override
    public Reading decode(byte @Nullable [] value) {
      var parts = new String(java.util.Objects.requireNonNull(value), UTF_8).split("=", 2);
      return new Reading(parts[0], Integer.parseInt(parts[1]));
    }

    @Override
    public byte[] encode(Reading reading) {
      return (reading.sensor() + "=" + reading.celsius()).getBytes(UTF_8);
    }
  }

  @Test
  void anyTypeTravelsThroughACodecOfItsOwn() {
    var topic = world.topic(1);
    var codec = new ReadingCodec();
    var skipped = new ArrayList<Exception>();
    var consumed = new ArrayList<Reading>();
    world.text(topic, 0, "roof=warm");
    try (var producer = new TypedProducer<>(codec, options);
        var consumer =
            new TypedConsumer<>(
                codec, world.options().onSkipped(bad -> skipped.add(bad.cause())).build())) {
      producer.sendAndWait(topic, new Reading("roof", 21));
      producer.sendAndWait(topic, new Reading("cellar", 9));
      consumer.consumeEvents(consumed::add, List.of(topic), A_MOMENT);
      assertEquals(new ConsumerCounts(2, 1, 0), consumer.counts());
    }
    assertEquals(List.of(new Reading("roof", 21), new Reading("cellar", 9)), consumed);
    assertInstanceOf(NumberFormatException.class, skipped.getFirst());
  }
}
