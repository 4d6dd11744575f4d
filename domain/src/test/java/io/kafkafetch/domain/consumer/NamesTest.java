package io.kafkafetch.domain.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "a.b_c-D9", "__consumer_offsets", "..."})
  void takesTopicNamesThatKafkaTakes(String name) {
    assertEquals(Optional.empty(), TopicName.violation(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a b", "ä", "a/b", "a\n"})
  void refusesTopicNamesThatKafkaRefuses(String name) {
    assertTrue(TopicName.violation(name).isPresent());
    assertThrows(IllegalArgumentException.class, () -> new TopicName(name));
  }

  @Test
  void refusesATopicNameOfMoreThan249Characters() {
    assertFalse(TopicName.violation("a".repeat(249)).isPresent());
    assertTrue(TopicName.violation("a".repeat(250)).isPresent());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost:9092", "10.0.0.1:1", "[::1]:65535", "kafka-1.example.com:9092"})
  void readsBrokerAddresses(String text) {
    assertEquals(text, BrokerAddress.parse(text).orElseThrow().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", ":9092", "a:0", "a:65536", "a:-1", "a:9x", "::1:9092", "a b:1", "a:"})
  void refusesWhatIsNoBrokerAddress(String text) {
    assertEquals(Optional.empty(), BrokerAddress.parse(text));
  }

  @Test
  void namesTheDeadLetterTopicAfterTopicAndGroup() {
    assertEquals(
        "payments.audit.dead-letter",
        DeadLetterPolicy.DEFAULT.topicFor(new TopicName("payments"), new GroupId("audit")).value());
  }

  @Test
  void givesTwoGroupsTwoDeadLetterTopicsEvenWhereATopicNameCannotTellThemApart() {
    var topic = new TopicName("payments");

    assertNotEquals(
        DeadLetterPolicy.DEFAULT.topicFor(topic, new GroupId("a b")),
        DeadLetterPolicy.DEFAULT.topicFor(topic, new GroupId("a/b")));
    assertNotEquals(
        DeadLetterPolicy.DEFAULT.topicFor(topic, new GroupId("g".repeat(248) + "1")),
        DeadLetterPolicy.DEFAULT.topicFor(topic, new GroupId("g".repeat(248) + "2")));
  }

  @Test
  void doublesTheWaitUpToItsLimit() {
    var policy =
        new RetryPolicy(Duration.ofMillis(100), Duration.ofSeconds(1), 0, OptionalInt.of(3));

    assertEquals(Duration.ofMillis(100), policy.backoff(1, 0.5));
    assertEquals(Duration.ofMillis(400), policy.backoff(3, 0.5));
    assertEquals(Duration.ofSeconds(1), policy.backoff(100, 0.5));
    assertFalse(policy.exhaustedAfter(2));
    assertTrue(policy.exhaustedAfter(3));
  }

  @Test
  void leavesAPartOfTheWaitToChance() {
    var policy =
        new RetryPolicy(Duration.ofMillis(100), Duration.ofSeconds(1), 0.2, OptionalInt.empty());

    assertEquals(Duration.ofMillis(80), policy.backoff(1, 0));
    assertEquals(Duration.ofMillis(100), policy.backoff(1, 0.5));
    assertTrue(policy.backoff(100, 0.999).compareTo(Duration.ofSeconds(1)) <= 0);
    assertFalse(policy.exhaustedAfter(1_000_000));
  }
}
