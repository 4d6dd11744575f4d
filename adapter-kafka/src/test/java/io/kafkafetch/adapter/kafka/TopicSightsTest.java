package io.kafkafetch.adapter.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kafkafetch.application.contract.Given;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What one member saw of a topic, another need not ask for. */
class TopicSightsTest {
  private static final Instant NOON = Given.NOON;
  private static final TopicState ORDERS = new TopicState("orders", "an-id", 6);

  private final TopicSights sights = new TopicSights();

  @Test
  void whatWasSeenLatelyIsKnown() {
    sights.saw("here:9092", ORDERS, NOON);

    assertEquals(Optional.of(ORDERS), sights.since("here:9092", "orders", NOON));
  }

  @Test
  void whatWasSeenBeforeThatIsNot() {
    sights.saw("here:9092", ORDERS, NOON.minusMillis(1));

    assertEquals(Optional.empty(), sights.since("here:9092", "orders", NOON));
  }

  @Test
  void theTopicOfThatNameInAnotherClusterIsAnother() {
    sights.saw("here:9092", ORDERS, NOON);

    assertEquals(Optional.empty(), sights.since("there:9092", "orders", NOON));
  }
}
