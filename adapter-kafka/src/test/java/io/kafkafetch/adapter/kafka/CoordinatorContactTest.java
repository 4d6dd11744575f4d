package io.kafkafetch.adapter.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.contract.Given;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.Measurable;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.utils.Time;
import org.junit.jupiter.api.Test;

/** What the client's own counts tell of its heartbeats. */
class CoordinatorContactTest {
  private static final Instant NOON = Given.NOON;
  private static final Duration INTERVAL = ClientProperties.HEARTBEAT;

  private final Map<MetricName, KafkaMetric> metrics = new HashMap<>();
  private final MockConsumer<byte[], byte[]> client =
      new MockConsumer<>("none") {
        @Override
        public Map<MetricName, ? extends Metric> metrics() {
          return metrics;
        }
      };
  private final CoordinatorContact contact = new CoordinatorContact(client, INTERVAL);
  private double answered;

  @Test
  void aMemberStaysOutOfTheClientWhenAHeartbeatIsDueAndNotMuchLonger() {
    heartbeatsSince(NOON);

    assertFalse(isDue(INTERVAL.minus(CoordinatorContact.LEAD).minusMillis(1)));
    assertTrue(isDue(INTERVAL.minus(CoordinatorContact.LEAD)));
    assertTrue(isDue(INTERVAL));
    assertFalse(isDue(INTERVAL.minus(CoordinatorContact.LEAD).plus(CoordinatorContact.LULL)));
  }

  @Test
  void aPollEndsBeforeTheNextHeartbeatIsDue() {
    heartbeatsSince(NOON);
    answered = 1;
    var now = NOON.plusMillis(1_234);

    assertTrue(contact.isNew(now));
    assertEquals(INTERVAL.minus(CoordinatorContact.LEAD).minusMillis(1_234), contact.patience(now));
  }

  @Test
  void aHeartbeatThatIsNotAnsweredMakesTheMemberRestless() {
    heartbeatsSince(NOON);
    var now = NOON.plusSeconds(2);

    assertFalse(contact.isNew(now));
    assertEquals(PollTimeout.RESTLESS, contact.patience(now));
  }

  @Test
  void aClientThatHasSentNoneIsLookedAfterOften() {
    assertFalse(contact.isNew(NOON));
    assertFalse(contact.isDue(NOON));
    assertEquals(PollTimeout.RESTLESS, contact.patience(NOON));
  }

  private boolean isDue(Duration after) {
    contact.isNew(NOON.plus(after));
    return contact.isDue(NOON.plus(after));
  }

  /** As the client measures it: in whole seconds. */
  private void heartbeatsSince(Instant sent) {
    add("heartbeat-total", (_, _) -> answered);
    add(
        "last-heartbeat-seconds-ago",
        (_, now) -> TimeUnit.MILLISECONDS.toSeconds(now - sent.toEpochMilli()));
  }

  private void add(String name, Measurable measurable) {
    var metric = new MetricName(name, "consumer-coordinator-metrics", "", Map.of());
    metrics.put(
        metric, new KafkaMetric(new Object(), metric, measurable, new MetricConfig(), Time.SYSTEM));
  }
}
