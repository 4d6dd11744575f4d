package io.kafkafetch.adapter.kafka;

import io.kafkafetch.domain.consumer.ClusterAddress;
import java.time.InstantSource;

/**
 * How to speak with Kafka.
 *
 * @param ownCluster the server's own cluster, for everything that names no other
 * @param clock the time
 */
public record KafkaSettings(ClusterAddress ownCluster, InstantSource clock) {}
