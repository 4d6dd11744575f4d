package io.kafkafetch.adapter.kafka;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.domain.consumer.ConsumerState;
import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.embedded.EmbeddedKafka;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PumpingTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static GivenApplication given;

  @BeforeAll
  static void start() {
    given = new GivenApplication(EmbeddedKafka.shared());
  }

  @AfterAll
  static void stop() {
    given.close();
  }

  private static List<String> numbers(int to) {
    return IntStream.range(0, to).mapToObj(Integer::toString).toList();
  }

  @Test
  void everyRecordIsDeliveredInOrderAndThenCommitted() {
    var topic = given.topic(1);
    given.sink.values().clear();
    given.produce(topic, 0, 10_000);

    given.running(topic, topic + "-group");

    await().atMost(SOON).until(() -> given.sink.values().size() >= 10_000);
    assertEquals(numbers(10_000), given.sink.values());
    await().atMost(SOON).until(() -> given.committed(topic + "-group") == 10_000);
  }

  @Test
  void aRecordThatIsPoisonIsDeadLetteredAndTheOthersAreDelivered() {
    var topic = given.topic(1);
    given.sink.values().clear();
    given.sink.refusal =
        value ->
            value.equals("617") ? Optional.of(new Cause.Poison("not that one")) : Optional.empty();
    given.produce(topic, 0, 1_000);

    given.running(topic, topic + "-group");

    await().atMost(SOON).until(() -> given.committed(topic + "-group") == 1_000);
    assertEquals(
        numbers(1_000).stream().filter(n -> !n.equals("617")).toList(), given.sink.values());
    var letters = topic + "." + topic + "-group.dead-letter";
    var end =
        GivenApplication.get(
            given
                .admin
                .listOffsets(
                    java.util.Map.of(
                        new org.apache.kafka.common.TopicPartition(letters, 0),
                        org.apache.kafka.clients.admin.OffsetSpec.latest()))
                .all());
    assertEquals(1, end.values().iterator().next().offset());
    given.sink.refusal = _ -> Optional.empty();
  }

  @Test
  void aStoppedConsumerGoesOnWhereItWas() {
    var topic = given.topic(3);
    given.sink.values().clear();
    given.produce(topic, 0, 500);
    var id = given.running(topic, topic + "-group");
    await().atMost(SOON).until(() -> given.sink.values().size() == 500);

    given.application.consumers().stop(id, OptionalLong.empty());
    await().atMost(SOON).until(() -> members(topic + "-group") == 0);
    given.produce(topic, 500, 1_000);
    given.application.consumers().start(id, OptionalLong.empty());

    await().atMost(SOON).until(() -> given.sink.values().size() == 1_000);
    assertEquals(
        numbers(1_000), given.sink.values().stream().sorted(PumpingTest::byNumber).toList());
  }

  private static int byNumber(String one, String other) {
    return Integer.compare(Integer.parseInt(one), Integer.parseInt(other));
  }

  private static int members(String group) {
    return GivenApplication.get(given.admin.describeConsumerGroups(List.of(group)).all())
        .values()
        .iterator()
        .next()
        .members()
        .size();
  }

  @Test
  void aFatalRefusalTurnsTheConsumerIntoErrorAndKeepsItsPosition() {
    var topic = given.topic(1);
    given.sink.values().clear();
    given.sink.refusal =
        value -> value.equals("70") ? Optional.of(new Cause.Fatal("no entry")) : Optional.empty();
    given.produce(topic, 0, 100);

    var id = given.running(topic, topic + "-group");

    await()
        .atMost(SOON)
        .until(() ->
            given.application.consumers().get(id).consumer().state()
                instanceof ConsumerState.InError);
    await().atMost(SOON).until(() -> given.committed(topic + "-group") == 70);
    given.sink.refusal = _ -> Optional.empty();
    given.application.consumers().start(id, OptionalLong.empty());
    await().atMost(SOON).until(() -> given.sink.values().size() == 100);
    assertEquals(numbers(100), given.sink.values());
  }

  @Test
  void nothingIsCommittedOverAHoleWhenMoreWasFetchedAlready() {
    var topic = given.topic(3);
    given.sink.values().clear();
    given.sink.refusal = _ -> Optional.of(new Cause.Fatal("a 401"));
    given.produce(topic, 0, 20_000);

    var id = given.running(topic, topic + "-group");

    await()
        .atMost(SOON)
        .until(() ->
            given.application.consumers().get(id).consumer().state()
                instanceof ConsumerState.InError);
    await().atMost(SOON).until(() -> members(topic + "-group") == 0);
    assertEquals(0, given.committed(topic + "-group"));
    given.sink.refusal = _ -> Optional.empty();
    given.application.consumers().start(id, OptionalLong.empty());
    await().atMost(SOON).until(() -> given.sink.values().size() == 20_000);
  }

  @Test
  void aMissingTopicIsTroubleUntilItIsThere() {
    var topic = "later-" + java.util.UUID.randomUUID();
    var id = given.running(topic, topic + "-group");
    await()
        .atMost(SOON)
        .until(() ->
            given
                .application
                .consumers()
                .get(id)
                .trouble()
                .filter(trouble -> trouble.reason().contains(topic))
                .isPresent());

    given.sink.values().clear();
    given.createTopic(topic, 1);
    given.produce(topic, 0, 10);

    await().atMost(Duration.ofSeconds(60)).until(() -> given.sink.values().size() == 10);
    await().atMost(SOON).until(() -> given.application.consumers().get(id).trouble().isEmpty());
    assertTrue(given.committed(topic + "-group") <= 10);
  }
}
