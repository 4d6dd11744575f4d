package io.kafkafetch.events;

import static io.kafkafetch.events.EventsWorld.A_MOMENT;
import static io.kafkafetch.events.EventsWorld.PATIENCE;
import static io.kafkafetch.events.EventsWorld.anyName;
import static io.kafkafetch.events.EventsWorld.event;
import static io.kafkafetch.events.EventsWorld.number;
import static io.kafkafetch.events.EventsWorld.numbers;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each line of the seed's API reference, and of its guides to it. */
class ConsumerMethodsTest {
  private final EventsWorld world = EventsWorld.shared();

  private final String group = anyName("group");

  @Test
  @DisplayName("subscribe(topics): Subscribe to Kafka topics")
  void subscribingReplacesTheTopicsThatAreRead() {
    var first = world.topic(1);
    var second = world.topic(1);
    world.events(first, 0, 0, 2);
    world.events(second, 0, 2, 4);
    try (var consumer = world.consumer(world.inGroup(group))) {
      consumer.subscribe(List.of(first));
      assertEquals(numbers(0, 2), numbers(consumer.poll(PATIENCE)));
      consumer.subscribe(List.of(second));
      assertEquals(numbers(2, 4), numbers(consumer.poll(PATIENCE)));
      assertEquals(Set.of(new TopicPartition(second, 0)), consumer.assignment());
      assertEquals(OptionalLong.of(2), world.committed(group, first, 0));
    }
  }

  @Test
  void subscribingToNothingIsRefused() {
    try (var consumer = world.consumer(world.options())) {
      assertThrows(IllegalArgumentException.class, () -> consumer.subscribe(List.of()));
      assertThrows(IllegalStateException.class, () -> consumer.poll(Duration.ZERO));
    }
  }

  @Test
  @DisplayName("consume_events(callback, topics, timeout_ms): Consume events and call callback")
  void theCallbackIsCalledWithEachEventInOrder() {
    var topic = world.topic(1);
    world.events(topic, 0, 0, 100);
    var events = new ArrayList<Object>();
    try (var consumer = world.consumer(world.inGroup(group))) {
      assertEquals(100, consumer.consumeEvents(events::add, List.of(topic), A_MOMENT));
      assertEquals(new ConsumerCounts(100, 0, 0), consumer.counts());
    }
    assertEquals(numbers(0, 100).stream().map(number -> (Object) event(number)).toList(), events);
  }

  @Test
  @DisplayName("Custom Timeout: timeout_ms overrides consumer_timeout_ms")
  void theTimeoutOfTheCallWinsOverTheOption() {
    var topic = world.topic(1);
    world.events(topic, 0, 0, 1);
    // With the option's ten days this test would not end.
    var options = world.options().consumerTimeout(Duration.ofDays(10));
    try (var consumer = world.consumer(options)) {
      assertEquals(1, consumer.consumeEvents(_ -> {}, List.of(topic), A_MOMENT));
    }
  }

  @Test
  void theTimeoutBeginsAnewWithEachRecord() throws Exception {
    var topic = world.topic(1);
    var late = new ArrayList<Thread>();
    try (var consumer = world.consumer(world.options())) {
      world.events(topic, 0, 0, 1);
      long handled =
          consumer.consumeEvents(
              event -> {
                if (number(event) < 4) {
                  late.add(
                      Thread.startVirtualThread(
                          () -> world.events(topic, 0, number(event) + 1, number(event) + 2)));
                }
              },
              List.of(topic),
              Duration.ofSeconds(5));
      assertEquals(5, handled);
    }
    for (var thread : late) {
      thread.join();
    }
  }

  @Test
  @DisplayName("Multiple Topics: Subscribe to multiple topics")
  void severalTopicsAreReadTogether() {
    var topics = List.of(world.topic(1), world.topic(2), world.topic(1));
    world.events(topics.get(0), 0, 0, 2);
    world.events(topics.get(1), 1, 2, 4);
    world.events(topics.get(2), 0, 4, 6);
    var seen = new ArrayList<Integer>();
    try (var consumer = world.consumer(world.inGroup(group))) {
      consumer.consumeEvents(event -> seen.add(number(event)), topics, A_MOMENT);
    }
    assertEquals(numbers(0, 6), seen.stream().sorted().toList());
  }

  @Test
  @DisplayName("poll(timeout_ms): Poll for new messages")
  void aPollHandsOutEventsByPartition() {
    var topic = world.topic(1);
    world.events(topic, 0, 0, 3);
    var partition = new TopicPartition(topic, 0);
    try (var consumer = world.consumer(world.inGroup(group))) {
      consumer.subscribe(List.of(topic));
      var polled = consumer.poll(PATIENCE);
      assertEquals(Set.of(partition), polled.keySet());
      var second = polled.getOrDefault(partition, List.of()).get(1);
      assertEquals(event(1), second.event());
      assertEquals(1, second.offset());
      assertEquals(partition, second.partition());
      assertEquals(Map.of(), consumer.poll(Duration.ofMillis(50)));
    }
  }

  @Test
  @DisplayName("Manual Polling: commit offsets, then close")
  void aPolledBatchThatWasNotConfirmedIsReadAgain() {
    var topic = world.topic(1);
    world.events(topic, 0, 0, 4);
    var options = world.inGroup(group).maxPollRecords(2);
    try (var consumer = world.consumer(options)) {
      consumer.subscribe(List.of(topic));
      assertEquals(numbers(0, 2), numbers(consumer.poll(PATIENCE)));
      assertEquals(numbers(2, 4), numbers(consumer.poll(PATIENCE)));
      // Closed as by an exception in between: the first batch was done, the second may not be.
    }
    assertEquals(OptionalLong.of(2), world.committed(group, topic, 0));
    try (var consumer = world.consumer(options)) {
      consumer.subscribe(List.of(topic));
      assertEquals(numbers(2, 4), numbers(consumer.poll(PATIENCE)));
      consumer.commit();
    }
    assertEquals(OptionalLong.of(4), world.committed(group, topic, 0));
  }

  @Test
  @DisplayName("close(timeout_ms): Close consumer connection")
  void aClosedConsumerSaysSoAndClosesOnlyOnce() {
    var consumer = world.consumer(world.inGroup(group));
    consumer.subscribe(List.of(world.topic(1)));
    consumer.close(PATIENCE);
    consumer.close();
    assertThrows(IllegalStateException.class, () -> consumer.poll(Duration.ZERO));
    assertThrows(IllegalStateException.class, consumer::commit);
    consumer.stop();
    assertEquals(new ConsumerCounts(0, 0, 0), consumer.counts());
  }

  @Test
  @DisplayName("Context Manager: the consumer closes when exiting the context")
  void closingLeavesTheGroupAtOnce() {
    var topic = world.topic(1);
    world.events(topic, 0, 0, 2);
    try (var consumer = world.consumer(world.inGroup(group))) {
      assertEquals(2, consumer.consumeEvents(_ -> {}, List.of(topic), A_MOMENT));
    }
    world.events(topic, 0, 2, 4);
    try (var consumer = world.consumer(world.inGroup(group))) {
      consumer.subscribe(List.of(topic));
      // A member that had not left would keep the partition for its session of 10 s.
      assertEquals(numbers(2, 4), numbers(consumer.poll(Duration.ofSeconds(8))));
    }
  }

  @Test
  @SuppressWarnings("try") // closing early is what this is about
  void closingInsideACallbackEndsTheConsumption() {
    var topic = world.topic(1);
    world.events(topic, 0, 0, 5);
    var seen = new ArrayList<Integer>();
    try (var consumer = world.consumer(world.inGroup(group))) {
      consumer.consumeEvents(
          event -> {
            seen.add(number(event));
            if (number(event) == 1) {
              consumer.close();
            }
          },
          List.of(topic),
          PATIENCE);
      assertThrows(IllegalStateException.class, consumer::assignment);
    }
    assertEquals(List.of(0, 1), seen);
    assertEquals(OptionalLong.of(2), world.committed(group, topic, 0));
  }

  @Test
  @DisplayName("Batch Processing: Process events in batches using polling")
  void batchesAreCommittedOneByOne() {
    var topic = world.topic(1);
    world.events(topic, 0, 0, 10);
    var options = world.inGroup(group).maxPollRecords(5).enableAutoCommit(false);
    try (var consumer = world.consumer(options)) {
      consumer.subscribe(List.of(topic));
      assertEquals(numbers(0, 5), numbers(consumer.poll(PATIENCE)));
      consumer.commit();
      assertEquals(OptionalLong.of(5), world.committed(group, topic, 0));
      assertEquals(numbers(5, 10), numbers(consumer.poll(PATIENCE)));
    }
    assertEquals(OptionalLong.of(5), world.committed(group, topic, 0));
  }

  @Test
  void withoutAGroupAllPartitionsAreAssignedAndNewOnesToo() {
    var topic = world.topic(2);
    world.events(topic, 0, 0, 1);
    world.events(topic, 1, 1, 2);
    var options =
        world
            .options()
            .autoOffsetReset(AutoOffsetReset.LATEST)
            .clientProperty("metadata.max.age.ms", "500");
    try (var consumer = world.consumer(options)) {
      consumer.subscribe(List.of(topic));
      assertEquals(
          Set.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1)),
          consumer.assignment());
      assertEquals(Map.of(), consumer.poll(Duration.ofMillis(500)));
      world.grow(topic, 3);
      await().atMost(PATIENCE).ignoreExceptions().until(() -> sent(topic, 2));
      // Its first record was there before it was found, and is not skipped.
      assertEquals(List.of(2), numbers(consumer.poll(PATIENCE)));
      assertEquals(3, consumer.assignment().size());
    }
  }

  private boolean sent(String topic, int partition) {
    world.events(topic, partition, 2, 3);
    return true;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aTopicThatAppearsLaterIsReadFromItsBeginning(boolean inGroup) {
    var topic = anyName("later");
    var options = inGroup ? world.inGroup(group) : world.options();
    try (var consumer = world.consumer(options.clientProperty("metadata.max.age.ms", "500"))) {
      consumer.subscribe(List.of(topic));
      assertEquals(Map.of(), consumer.poll(Duration.ofMillis(500)));
      world.create(topic, 1);
      world.events(topic, 0, 0, 2);
      assertEquals(numbers(0, 2), numbers(consumer.poll(PATIENCE)));
    }
  }
}
