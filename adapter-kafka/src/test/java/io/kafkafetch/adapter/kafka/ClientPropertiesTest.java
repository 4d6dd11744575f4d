package io.kafkafetch.adapter.kafka;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.contract.Given;
import io.kafkafetch.application.delivery.SecretReferences;
import io.kafkafetch.application.driven.MemberSpec;
import io.kafkafetch.application.driven.ServerId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.junit.jupiter.api.Test;

/** What idle members cost, and who waits, hangs on how these stand to each other (ADR 0141). */
class ClientPropertiesTest {
  private final Map<String, Object> member =
      new ClientProperties(new ClusterSecurity(SecretReferences.none()), Duration.ofMinutes(1))
          .member(
              new MemberSpec(
                  Given.newId(), 1, 0, new ServerId("here"), Given.spec("orders", "billing")),
              new FetchBudget.Share(1 << 20));

  @Test
  void theHeartbeatThreadWakesNoMoreOftenThanItHasHeartbeatsToSend() {
    assertTrue(
        number(ConsumerConfig.RETRY_BACKOFF_MS_CONFIG)
            >= number(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG));
  }

  @Test
  void whatTheClientTriesAgainDoesNotWaitThatLong() {
    assertTrue(number(ConsumerConfig.RETRY_BACKOFF_MAX_MS_CONFIG) <= 1_000);
  }

  @Test
  void everySecondFetchEndsWhileTheMemberLetsAHeartbeatBeSent() {
    int heartbeat = number(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG);
    int two = 2 * number(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG);
    var pause = CoordinatorContact.LULL.minus(CoordinatorContact.LEAD);

    assertTrue(two < heartbeat);
    assertTrue(two >= heartbeat - pause.toMillis());
  }

  @Test
  void theClientTellsWhichHeartbeatsWereAnsweredAndWhenTheLastWasSent() {
    var properties = new HashMap<>(member);
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:9");
    try (var client = new KafkaConsumer<byte[], byte[]>(properties)) {
      for (var name : List.of("heartbeat-total", "last-heartbeat-seconds-ago")) {
        assertTrue(
            client.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals(name))
                .anyMatch(metric -> metric instanceof KafkaMetric told && told.isMeasurable()),
            name);
      }
    }
  }

  @Test
  void aServerThatDiedIsTakenOverFromWithinTenSeconds() {
    assertTrue(number(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG) <= 10_000);
    assertTrue(
        number(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG) * 3
            <= number(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG));
  }

  private int number(String property) {
    return Integer.parseInt(String.valueOf(member.get(property)));
  }
}
