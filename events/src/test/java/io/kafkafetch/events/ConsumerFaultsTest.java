package io.kafkafetch.events;

import static io.kafkafetch.events.EventsWorld.A_MOMENT;
import static io.kafkafetch.events.EventsWorld.PATIENCE;
import static io.kafkafetch.events.EventsWorld.anyName;
import static io.kafkafetch.events.EventsWorld.event;
import static io.kafkafetch.events.EventsWorld.number;
import static io.kafkafetch.events.EventsWorld.numbers;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.domain.event.WorkflowEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Each line of the seed's rules for errors. */
class ConsumerFaultsTest {
  private static final WorkflowEventCodec CODEC = new WorkflowEventCodec();

  private final EventsWorld world = EventsWorld.shared();
  private final String group = anyName("group");
  private final List<SkippedRecord> skipped = new ArrayList<>();

  @Test
  @DisplayName("Deserialization errors: Logged and skipped, processing continues")
  void recordsThatAreNoEventAreSkippedAndTold() {
    var topic = world.topic(1);
    world.events(topic, 0, 0, 1);
    world.text(topic, 0, "no event");
    world.events(topic, 0, 2, 3);
    var seen = new ArrayList<Integer>();
    try (var consumer = world.consumer(world.inGroup(group).onSkipped(skipped::add))) {
      consumer.consumeEvents(event -> seen.add(number(event)), List.of(topic), A_MOMENT);
      assertEquals(new ConsumerCounts(2, 1, 0), consumer.counts());
    }
    assertEquals(List.of(0, 2), seen);
    var only = skipped.getFirst();
    assertEquals(1, skipped.size());
    assertEquals(SkippedRecord.Reason.INVALID, only.reason());
    assertEquals(new TopicPartition(topic, 0), only.partition());
    assertEquals(1, only.offset());
    assertEquals("no event", new String(only.record().value(), UTF_8));
    assertEquals(InvalidRecordException.class, only.cause().getClass());
    assertEquals(OptionalLong.of(3), world.committed(group, topic, 0));
  }

  @Test
  @DisplayName("Deserialization errors while polling: left out of the batch")
  void aPollLeavesOutWhatIsNoEvent() {
    var topic = world.topic(1);
    world.text(topic, 0, "{}");
    world.text(topic, 0, "[]");
    world.events(topic, 0, 2, 4);
    var options = world.inGroup(group).onSkipped(skipped::add).maxPollRecords(2);
    try (var consumer = world.consumer(options)) {
      consumer.subscribe(List.of(topic));
      assertEquals(numbers(2, 4), numbers(consumer.poll(PATIENCE)));
      assertEquals(new ConsumerCounts(2, 2, 0), consumer.counts());
    }
    assertEquals(2, skipped.size());
    // The invalid ones are done with; the batch that was not confirmed is not.
    assertEquals(OptionalLong.of(2), world.committed(group, topic, 0));
  }

  @Test
  void aTombstoneIsNoEvent() {
    var topic = world.topic(1);
    var nothing = new ArrayList<byte[]>();
    nothing.add(null);
    world.values(topic, 0, nothing);
    try (var consumer = world.consumer(world.options().onSkipped(skipped::add))) {
      assertEquals(0, consumer.consumeEvents(_ -> {}, List.of(topic), A_MOMENT));
    }
    assertEquals("The record has no value", skipped.getFirst().cause().getMessage());
  }

  @Test
  @DisplayName("Callback errors: Logged and skipped, processing continues")
  void eventsWhoseCallbackThrowsAreSkippedAndTold() {
    var topic = world.topic(1);
    world.events(topic, 0, 0, 5);
    var seen = new ArrayList<Integer>();
    try (var consumer = world.consumer(world.inGroup(group).onSkipped(skipped::add))) {
      consumer.consumeEvents(
          event -> {
            if (number(event) == 3) {
              throw new java.io.IOException("no disk");
            }
            seen.add(number(event));
          },
          List.of(topic),
          A_MOMENT);
      assertEquals(new ConsumerCounts(4, 0, 1), consumer.counts());
    }
    assertEquals(List.of(0, 1, 2, 4), seen);
    assertEquals(SkippedRecord.Reason.CALLBACK_FAILED, skipped.getFirst().reason());
    assertEquals("no disk", skipped.getFirst().cause().getMessage());
    assertEquals(3, skipped.getFirst().offset());
    assertEquals(OptionalLong.of(5), world.committed(group, topic, 0));
  }

  @Test
  void aHookThatThrowsChangesNothing() {
    var topic = world.topic(1);
    world.text(topic, 0, "no event");
    world.events(topic, 0, 1, 2);
    var options =
        world
            .options()
            .onSkipped(_ -> {
              throw new IllegalStateException("hook");
            });
    try (var consumer = world.consumer(options)) {
      assertEquals(1, consumer.consumeEvents(_ -> {}, List.of(topic), A_MOMENT));
      assertEquals(new ConsumerCounts(1, 1, 0), consumer.counts());
    }
  }

  @Test
  @DisplayName("10,000 events with 1 % invalid and 1 % throwing callbacks")
  void ofTenThousandEventsAllGoodOnesAreHandledOnceInOrderAndTheCountsAreRight() {
    var topic = world.topic(4);
    for (int partition = 0; partition < 4; partition++) {
      int own = partition;
      world.values(
          topic,
          partition,
          IntStream.range(0, 10_000)
              .filter(number -> number % 4 == own)
              .mapToObj(number -> invalid(number) ? brokenly(number) : CODEC.encode(event(number)))
              .toList());
    }
    Map<Integer, List<Integer>> seen = new HashMap<>();
    try (var consumer = world.consumer(world.inGroup(group).onSkipped(skipped::add))) {
      long handled =
          consumer.consumeEvents(
              event -> {
                if (throwing(number(event))) {
                  throw new IllegalStateException("as planned: " + number(event));
                }
                seen.computeIfAbsent(number(event) % 4, _ -> new ArrayList<>()).add(number(event));
              },
              List.of(topic),
              A_MOMENT);
      assertEquals(9_800, handled);
      assertEquals(new ConsumerCounts(9_800, 100, 100), consumer.counts());
    }
    for (int partition = 0; partition < 4; partition++) {
      int own = partition;
      assertEquals(
          IntStream.range(0, 10_000)
              .filter(number -> number % 4 == own && !invalid(number) && !throwing(number))
              .boxed()
              .toList(),
          seen.get(partition));
      assertEquals(OptionalLong.of(2_500), world.committed(group, topic, partition));
    }
    assertEquals(100, skippedFor(SkippedRecord.Reason.INVALID));
    assertEquals(100, skippedFor(SkippedRecord.Reason.CALLBACK_FAILED));
  }

  private static boolean invalid(int number) {
    return number % 100 == 13;
  }

  private static boolean throwing(int number) {
    return number % 100 == 42;
  }

  /** An event with one fault, another one each time. */
  private static byte[] brokenly(int number) {
    var good = new String(CODEC.encode(event(number)), UTF_8);
    var broken =
        switch (number / 100 % 4) {
          case 0 -> good.replace("airflow", "cron");
          case 1 -> good.substring(0, good.length() - 1);
          case 2 -> good.replace("\"workflow_id\"", "\"workflow\"");
          default -> good.replace("2026-01-02", "2026-13-02");
        };
    return broken.getBytes(UTF_8);
  }

  private long skippedFor(SkippedRecord.Reason reason) {
    return skipped.stream().filter(record -> record.reason() == reason).count();
  }

  @Test
  void anErrorEndsTheConsumptionAndLeavesItsEventUnhandled() {
    var topic = world.topic(1);
    world.events(topic, 0, 0, 5);
    try (var consumer = world.consumer(world.inGroup(group))) {
      assertThrows(
          AssertionError.class,
          () -> consumer.consumeEvents(event -> failAt(event, 3), List.of(topic), PATIENCE));
      assertEquals(new ConsumerCounts(3, 0, 0), consumer.counts());
      var again = new ArrayList<Integer>();
      consumer.consumeEvents(event -> again.add(number(event)), List.of(topic), A_MOMENT);
      assertEquals(List.of(3, 4), again);
    }
  }

  @Test
  void whatAnErrorLeftUnhandledIsNotCommittedByTheClose() {
    var topic = world.topic(1);
    world.events(topic, 0, 0, 5);
    assertThrows(
        AssertionError.class,
        () -> {
          try (var consumer = world.consumer(world.inGroup(group))) {
            consumer.consumeEvents(event -> failAt(event, 3), List.of(topic), PATIENCE);
          }
        });
    assertEquals(OptionalLong.of(3), world.committed(group, topic, 0));
  }

  private static void failAt(WorkflowEvent event, int number) {
    if (number(event) == number) {
      throw new AssertionError("as planned");
    }
  }

  @Test
  void whatAMemberPolledAndNeverConfirmedIsReadByTheNextOne() {
    var topic = world.topic(1);
    world.events(topic, 0, 0, 3);
    var options = world.inGroup(group).clientProperty("max.poll.interval.ms", "2000");
    try (var silent = world.consumer(options);
        var next = world.consumer(options)) {
      silent.subscribe(List.of(topic));
      assertEquals(numbers(0, 3), numbers(silent.poll(PATIENCE)));
      next.subscribe(List.of(topic));
      assertEquals(numbers(0, 3), numbers(next.poll(PATIENCE)));
      assertThrows(CommitFailedException.class, silent::commit);
      next.commit();
    }
    assertEquals(OptionalLong.of(3), world.committed(group, topic, 0));
  }

  @Test
  void aBatchThatTakesLongerThanTheGroupAllowsIsHandledOnceAllTheSame() {
    var topic = world.topic(1);
    world.events(topic, 0, 0, 8);
    var seen = new ArrayList<Integer>();
    var options =
        world
            .inGroup(group)
            .clientProperty("max.poll.interval.ms", "2000")
            .clientProperty("heartbeat.interval.ms", "300");
    try (var consumer = world.consumer(options)) {
      consumer.consumeEvents(
          event -> {
            Awaitility.await().pollDelay(Duration.ofMillis(500)).until(() -> true);
            seen.add(number(event));
          },
          List.of(topic),
          A_MOMENT);
    }
    assertEquals(numbers(0, 8), seen);
    assertEquals(OptionalLong.of(8), world.committed(group, topic, 0));
  }

  @Test
  void valuesOfARecordCannotForgeLinesOfTheLog() {
    var topic = world.topic(1);
    world.text(
        topic,
        0,
        new String(CODEC.encode(event(1)), UTF_8).replace("airflow", "x\\nERROR all is lost"));
    var refusals = new ArrayList<String>();
    var options = world.options().onSkipped(record -> refusals.add(String.valueOf(record.cause())));
    try (var consumer = world.consumer(options);
        var log = new CapturedLog(TypedConsumer.class)) {
      consumer.consumeEvents(_ -> {}, List.of(topic), A_MOMENT);
      assertEquals(1, log.lines().size());
      assertTrue(log.lines().getFirst().contains("source must be one of"), log.lines()::toString);
      assertTrue(log.text().lines().noneMatch(line -> line.startsWith("ERROR")), log::text);
    }
    assertEquals(1, refusals.size());
  }
}
