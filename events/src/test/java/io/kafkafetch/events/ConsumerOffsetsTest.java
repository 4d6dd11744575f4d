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
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The part of the seed's API reference that is about offsets. */
class ConsumerOffsetsTest {
  private final EventsWorld world = EventsWorld.shared();

  private final String group = anyName("group");

  @Test
  @DisplayName("commit(offsets): Commit offsets (everything)")
  void commitCommitsEverythingHandedOut() {
    var topic = world.topic(2);
    world.events(topic, 0, 0, 3);
    world.events(topic, 1, 3, 5);
    try (var consumer = world.consumer(world.inGroup(group).enableAutoCommit(false))) {
      consumer.consumeEvents(_ -> {}, List.of(topic), A_MOMENT);
      consumer.commit();
    }
    assertEquals(OptionalLong.of(3), world.committed(group, topic, 0));
    assertEquals(OptionalLong.of(2), world.committed(group, topic, 1));
  }

  @Test
  @DisplayName("commit(offsets): Commit offsets (given ones)")
  void commitOfGivenOffsetsCommitsNoOthers() {
    var topic = world.topic(2);
    world.events(topic, 0, 0, 3);
    world.events(topic, 1, 3, 5);
    var partition = new TopicPartition(topic, 0);
    var foreign = new TopicPartition(topic, 7);
    try (var consumer = world.consumer(world.inGroup(group).enableAutoCommit(false))) {
      consumer.consumeEvents(_ -> {}, List.of(topic), A_MOMENT);
      consumer.commit(Map.of(partition, new OffsetAndMetadata(2)));
      assertThrows(
          IllegalArgumentException.class,
          () -> consumer.commit(Map.of(foreign, new OffsetAndMetadata(1))));
    }
    assertEquals(OptionalLong.of(2), world.committed(group, topic, 0));
    assertEquals(OptionalLong.empty(), world.committed(group, topic, 1));
  }

  @Test
  void aCloseNeverTakesBackWhatTheProgramCommitted() {
    var topic = world.topic(1);
    world.events(topic, 0, 0, 5);
    try (var consumer = world.consumer(world.inGroup(group))) {
      consumer.subscribe(List.of(topic));
      assertEquals(numbers(0, 5), numbers(consumer.poll(PATIENCE)));
      consumer.commit(Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(3)));
    }
    assertEquals(OptionalLong.of(3), world.committed(group, topic, 0));
  }

  @Test
  void aCommitInsideACallbackCoversItsEventAndNoLaterOne() {
    var topic = world.topic(1);
    world.events(topic, 0, 0, 5);
    try (var consumer = world.consumer(world.inGroup(group).enableAutoCommit(false))) {
      consumer.consumeEvents(
          event -> {
            if (number(event) == 2) {
              consumer.commit();
              assertEquals(OptionalLong.of(3), world.committed(group, topic, 0));
              assertEquals(3, consumer.position(new TopicPartition(topic, 0)));
              assertEquals(Map.of(new TopicPartition(topic, 0), 2L), consumer.lag());
            }
          },
          List.of(topic),
          A_MOMENT);
      assertEquals(new ConsumerCounts(5, 0, 0), consumer.counts());
    }
    assertEquals(OptionalLong.of(3), world.committed(group, topic, 0));
  }

  @Test
  void commitNeedsAGroup() {
    try (var consumer = world.consumer(world.options())) {
      assertThrows(IllegalStateException.class, consumer::commit);
      assertThrows(IllegalStateException.class, () -> consumer.commit(Map.of()));
    }
  }

  @Test
  void autoCommitConfirmsDuringLongConsumption() throws Exception {
    var topic = world.topic(1);
    world.events(topic, 0, 0, 5);
    try (var consumer = world.consumer(world.inGroup(group))) {
      var thread =
          Thread.ofPlatform()
              .start(() -> consumer.consumeEvents(_ -> {}, List.of(topic), PATIENCE));
      await()
          .atMost(PATIENCE)
          .until(() -> world.committed(group, topic, 0).equals(OptionalLong.of(5)));
      consumer.stop();
      thread.join();
    }
  }

  @Test
  @DisplayName("seek(partition, offset): Seek to specific offset")
  void seekWaitsForTheAssignmentAndGoesThere() {
    var topic = world.topic(1);
    world.events(topic, 0, 0, 10);
    try (var consumer = world.consumer(world.inGroup(group))) {
      consumer.subscribe(List.of(topic));
      consumer.seek(new TopicPartition(topic, 0), 7);
      assertEquals(numbers(7, 10), numbers(consumer.poll(PATIENCE)));
      consumer.seek(new TopicPartition(topic, 0), 2);
      assertEquals(numbers(2, 10), numbers(consumer.poll(PATIENCE)));
    }
  }

  @Test
  @DisplayName("position(partition): Get current position")
  void positionWaitsForTheAssignmentAndIsTheNextOffset() {
    var topic = world.topic(1);
    world.events(topic, 0, 0, 10);
    var partition = new TopicPartition(topic, 0);
    try (var consumer = world.consumer(world.inGroup(group).maxPollRecords(4))) {
      consumer.subscribe(List.of(topic));
      assertEquals(0, consumer.position(partition));
      assertEquals(numbers(0, 4), numbers(consumer.poll(PATIENCE)));
      assertEquals(4, consumer.position(partition));
    }
  }

  @Test
  void seekAndPositionOfWhatIsNotOursSaySo() {
    var topic = world.topic(1);
    var options = world.inGroup(group).brokerTimeout(Duration.ofSeconds(5));
    try (var consumer = world.consumer(options)) {
      consumer.subscribe(List.of(topic));
      assertThrows(
          IllegalArgumentException.class, () -> consumer.seek(new TopicPartition("other", 0), 0));
      assertThrows(
          IllegalArgumentException.class, () -> consumer.seek(new TopicPartition(topic, 0), -1));
      var refusal =
          assertThrows(KafkaException.class, () -> consumer.position(new TopicPartition(topic, 9)));
      assertTrue(
          String.valueOf(refusal.getMessage()).contains(topic + "-9 is not assigned"),
          refusal.getMessage());
    }
  }

  @Test
  void lagIsWhatWasNotHandedOutYet() {
    var topic = world.topic(2);
    world.events(topic, 0, 0, 10);
    var partition = new TopicPartition(topic, 0);
    var other = new TopicPartition(topic, 1);
    try (var consumer = world.consumer(world.inGroup(group).maxPollRecords(4))) {
      consumer.subscribe(List.of(topic));
      assertEquals(Map.of(partition, 10L, other, 0L), consumer.lag());
      assertEquals(numbers(0, 4), numbers(consumer.poll(PATIENCE)));
      assertEquals(Map.of(partition, 6L, other, 0L), consumer.lag());
    }
  }
}
