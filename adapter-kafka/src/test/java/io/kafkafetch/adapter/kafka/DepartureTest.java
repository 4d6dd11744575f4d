package io.kafkafetch.adapter.kafka;

import static org.awaitility.Awaitility.await;

import io.kafkafetch.embedded.EmbeddedKafka;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Members that leave their group while it is not settled. */
class DepartureTest {
  private static GivenApplication given;

  @BeforeAll
  static void start() {
    given = new GivenApplication(EmbeddedKafka.shared());
  }

  @AfterAll
  static void stop() {
    given.close();
  }

  @Test
  void aMemberThatIsRetiredWhileItJoinsIsOutOfItsGroupSoon() {
    var topic = given.topic(1);
    var group = topic + "-group";
    try (var _ = busyMember(topic, group)) {
      var id = given.running(topic, group);
      // The join is not answered before the busy member joins anew, which it does not do.
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> state(group) == GroupState.PREPARING_REBALANCE && members(group).size() == 2);

      given.application.consumers().stop(id, OptionalLong.empty());

      // Its session would time out after 10 s.
      await().atMost(Duration.ofSeconds(5)).until(() -> members(group).equals(List.of("busy")));
    }
  }

  /** Somebody else's member, who has joined and is now busy with something. */
  private static KafkaConsumer<byte[], byte[]> busyMember(String topic, String group) {
    var member =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                given.cluster.bootstrap(),
                "group.id",
                group,
                "client.id",
                "busy",
                "enable.auto.commit",
                false,
                "partition.assignment.strategy",
                CooperativeStickyAssignor.class.getName()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    member.subscribe(List.of(topic));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> member.poll(Duration.ofMillis(100)).isEmpty() && !member.assignment().isEmpty());
    return member;
  }

  private static GroupState state(String group) {
    return described(group).groupState();
  }

  private static List<String> members(String group) {
    return described(group).members().stream().map(member -> member.clientId()).sorted().toList();
  }

  private static ConsumerGroupDescription described(String group) {
    return GivenApplication.get(given.admin.describeConsumerGroups(List.of(group)).all())
        .values()
        .stream()
        .findFirst()
        .orElseThrow();
  }
}
