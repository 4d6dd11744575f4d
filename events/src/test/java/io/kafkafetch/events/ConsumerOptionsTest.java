package io.kafkafetch.events;

import static io.kafkafetch.events.EventsWorld.A_MOMENT;
import static io.kafkafetch.events.EventsWorld.PATIENCE;
import static io.kafkafetch.events.EventsWorld.anyName;
import static io.kafkafetch.events.EventsWorld.number;
import static io.kafkafetch.events.EventsWorld.numbers;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.domain.event.WorkflowEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Each line of the seed's table of options, and its defaults. */
class ConsumerOptionsTest {
  private final EventsWorld world = EventsWorld.shared();

  @Test
  @DisplayName("Default Configuration")
  void theDefaultsAreThoseOfTheSeed() {
    var defaults = ConsumerOptions.defaults();
    assertEquals("localhost:9092", defaults.bootstrapServers());
    assertEquals(Optional.empty(), defaults.groupId());
    assertEquals(AutoOffsetReset.EARLIEST, defaults.autoOffsetReset());
    assertTrue(defaults.enableAutoCommit());
    assertEquals(Duration.ofSeconds(1), defaults.consumerTimeout());
    assertEquals(OptionalInt.empty(), defaults.maxPollRecords());
  }

  @Test
  @DisplayName("bootstrap_servers: Kafka broker address")
  void bootstrapServersSayWhichBrokersToAsk() {
    var topic = world.topic(1);
    world.events(topic, 0, 0, 1);
    var unreachableFirst = "127.0.0.1:1," + world.bootstrap();
    try (var consumer = world.consumer(world.options().bootstrapServers(unreachableFirst))) {
      consumer.subscribe(List.of(topic));
      assertEquals(List.of(0), numbers(consumer.poll(PATIENCE)));
    }
  }

  @Test
  @DisplayName("group_id: Consumer group ID (optional, enables consumer groups)")
  void membersOfAGroupShareThePartitionsAndEveryEventIsHandledOnce() throws Exception {
    var topic = world.topic(4);
    var group = anyName("group");
    var handledByFirst = new ConcurrentLinkedQueue<Integer>();
    var handledBySecond = new ConcurrentLinkedQueue<Integer>();
    try (var first = world.consumer(world.inGroup(group));
        var second = world.consumer(world.inGroup(group))) {
      var threads =
          List.of(
              consuming(first, topic, handledByFirst), consuming(second, topic, handledBySecond));
      // Produced bit by bit until both have seen some: by then both hold partitions.
      var produced = new ArrayList<Integer>();
      await()
          .atMost(PATIENCE)
          .until(() -> {
            for (int partition = 0; partition < 4; partition++) {
              world.events(topic, partition, produced.size(), produced.size() + 1);
              produced.add(produced.size());
            }
            return !handledByFirst.isEmpty() && !handledBySecond.isEmpty();
          });
      await()
          .atMost(PATIENCE)
          .until(() -> handledByFirst.size() + handledBySecond.size() >= produced.size());
      first.stop();
      second.stop();
      for (var thread : threads) {
        thread.join();
      }
      var all = new ArrayList<>(handledByFirst);
      all.addAll(handledBySecond);
      assertEquals(produced, all.stream().sorted().toList());
    }
  }

  private static Thread consuming(
      WorkflowEventConsumer consumer, String topic, ConcurrentLinkedQueue<Integer> handled) {
    return Thread.ofPlatform()
        .start(() ->
            consumer.consumeEvents(event -> handled.add(number(event)), List.of(topic), PATIENCE));
  }

  @Test
  @DisplayName("auto_offset_reset: Offset reset policy (\"earliest\")")
  void earliestBeginsAtTheOldestRecord() {
    var topic = world.topic(1);
    world.events(topic, 0, 0, 3);
    assertEquals(numbers(0, 3), consumed(world.inGroup(anyName("group")), topic));
  }

  @Test
  @DisplayName("auto_offset_reset: Offset reset policy (\"latest\")")
  void latestBeginsAtTheEnd() {
    var topic = world.topic(1);
    world.events(topic, 0, 0, 3);
    try (var consumer = world.consumer(world.options().autoOffsetReset(AutoOffsetReset.LATEST))) {
      consumer.subscribe(List.of(topic));
      assertEquals(3, consumer.position(new TopicPartition(topic, 0)));
      world.events(topic, 0, 3, 5);
      assertEquals(numbers(3, 5), numbers(consumer.poll(PATIENCE)));
    }
  }

  @Test
  @DisplayName("auto_offset_reset \"latest\" loses nothing between two runs of a group")
  void whereLatestBeganIsCommittedEvenIfNothingCame() {
    var topic = world.topic(1);
    var options = world.inGroup(anyName("group")).autoOffsetReset(AutoOffsetReset.LATEST);
    world.events(topic, 0, 0, 3);
    assertEquals(List.of(), consumed(options, topic));
    world.events(topic, 0, 3, 5);
    assertEquals(numbers(3, 5), consumed(options, topic));
  }

  @Test
  @DisplayName("auto_offset_reset: Offset reset policy (\"none\")")
  void noneThrowsUntilSomebodySaysWhereToBegin() {
    var topic = world.topic(1);
    world.events(topic, 0, 0, 3);
    var options = world.inGroup(anyName("group")).autoOffsetReset(AutoOffsetReset.NONE);
    try (var consumer = world.consumer(options)) {
      consumer.subscribe(List.of(topic));
      assertThrows(NoOffsetForPartitionException.class, () -> consumer.poll(PATIENCE));
      consumer.seek(new TopicPartition(topic, 0), 1);
      assertEquals(numbers(1, 3), numbers(consumer.poll(PATIENCE)));
    }
  }

  @Test
  @DisplayName("enable_auto_commit: Whether to auto-commit offsets (default: True)")
  void handledEventsAreCommittedByThemselves() {
    var topic = world.topic(1);
    var group = anyName("group");
    world.events(topic, 0, 0, 3);
    assertEquals(numbers(0, 3), consumed(world.inGroup(group), topic));
    assertEquals(OptionalLong.of(3), world.committed(group, topic, 0));
  }

  @Test
  @DisplayName("enable_auto_commit=False: disable auto-commit and commit manually")
  void withoutAutoCommitOnlyCommitCommits() {
    var topic = world.topic(1);
    var group = anyName("group");
    world.events(topic, 0, 0, 3);
    assertEquals(numbers(0, 3), consumed(world.inGroup(group).enableAutoCommit(false), topic));
    assertEquals(OptionalLong.empty(), world.committed(group, topic, 0));
    assertEquals(numbers(0, 3), consumed(world.inGroup(group).enableAutoCommit(false), topic));
  }

  @Test
  @DisplayName("consumer_timeout_ms: Consumer timeout in milliseconds (default: 1000)")
  void consumptionReturnsWhenNoRecordCameForTheConsumerTimeout() {
    var topic = world.topic(1);
    world.events(topic, 0, 0, 2);
    try (var consumer = world.consumer(world.options().consumerTimeout(A_MOMENT))) {
      assertEquals(2, consumer.consumeEvents(_ -> {}, List.of(topic)));
    }
  }

  @Test
  @DisplayName("max_poll_records: Maximum number of records per poll (optional)")
  void aPollHandsOutAtMostThatMany() {
    var topic = world.topic(1);
    world.events(topic, 0, 0, 10);
    try (var consumer = world.consumer(world.options().maxPollRecords(4))) {
      consumer.subscribe(List.of(topic));
      assertEquals(numbers(0, 4), numbers(consumer.poll(PATIENCE)));
      assertEquals(numbers(4, 8), numbers(consumer.poll(PATIENCE)));
      assertEquals(numbers(8, 10), numbers(consumer.poll(PATIENCE)));
    }
  }

  @Test
  void wrongValuesAreRefusedByName() {
    var options = ConsumerOptions.builder();
    assertEquals("groupId must not be blank", refusal(() -> options.groupId(" ")));
    assertEquals("bootstrapServers must not be blank", refusal(() -> options.bootstrapServers("")));
    assertEquals(
        "maxPollRecords must be at least 1, not 0", refusal(() -> options.maxPollRecords(0)));
    assertEquals(
        "consumerTimeout must not be negative, not PT-1S",
        refusal(() -> options.consumerTimeout(Duration.ofSeconds(-1))));
    assertEquals(
        "group.id is set by groupId", refusal(() -> options.clientProperty("group.id", "x")));
    assertEquals(
        "brokerTimeout must be from 100 ms to 10 minutes, not PT0S",
        refusal(() -> options.brokerTimeout(Duration.ZERO)));
  }

  private static String refusal(org.junit.jupiter.api.function.Executable attempt) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, attempt).getMessage());
  }

  private List<Integer> consumed(ConsumerOptions.Builder options, String topic) {
    var events = new ArrayList<WorkflowEvent>();
    try (var consumer = world.consumer(options)) {
      consumer.consumeEvents(events::add, List.of(topic), A_MOMENT);
    }
    return events.stream().map(EventsWorld::number).toList();
  }
}
