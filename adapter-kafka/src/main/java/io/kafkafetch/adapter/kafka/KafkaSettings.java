package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.delivery.SecretReferences;
import io.kafkafetch.domain.consumer.BrokerAddress;
import io.kafkafetch.domain.consumer.ClusterAddress;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;

/**
 * How to speak with Kafka.
 *
 * @param ownCluster the server's own cluster, for everything that names no other
 * @param clock the time
 * @param secrets how references to secrets in a {@code client_config} are resolved
 */
public record KafkaSettings(
    ClusterAddress ownCluster, InstantSource clock, SecretReferences secrets) {
  /** Settings that take every value of a {@code client_config} literally. */
  public KafkaSettings(ClusterAddress ownCluster, InstantSource clock) {
    this(ownCluster, clock, SecretReferences.none());
  }

  /**
   * A cluster without TLS and passwords, on the system's clock.
   *
   * @param bootstrapServers {@code host:port,host:port}
   * @throws IllegalArgumentException when it is not that
   */
  public static KafkaSettings of(String bootstrapServers) {
    var brokers =
        Arrays.stream(bootstrapServers.split(",", -1))
            .map(text -> BrokerAddress.parse(text.strip()).orElseThrow(() -> wrong(text)))
            .toList();
    return new KafkaSettings(new ClusterAddress(brokers, Map.of()), InstantSource.system());
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "Brokers are given as host:port,host:port, not as \"" + text + "\"");
  }
}
