package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.delivery.SecretReferences;
import io.kafkafetch.domain.consumer.ClusterAddress;
import java.time.InstantSource;

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
}
