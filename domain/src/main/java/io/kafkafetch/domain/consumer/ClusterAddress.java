package io.kafkafetch.domain.consumer;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which Kafka cluster, and how to speak with it.
 *
 * @param bootstrapServers at least one broker
 * @param clientConfig further Kafka client properties (TLS, SASL), already found on the allow-list;
 *     may hold secret references
 */
public record ClusterAddress(
    List<BrokerAddress> bootstrapServers, Map<String, String> clientConfig) {
  public ClusterAddress {
    bootstrapServers = List.copyOf(bootstrapServers);
    clientConfig = Collections.unmodifiableMap(new TreeMap<>(clientConfig));
    if (bootstrapServers.isEmpty()) {
      throw new IllegalArgumentException("A cluster's address names at least one broker");
    }
  }

  /** A cluster that is spoken with in plain text. */
  public static ClusterAddress plain(BrokerAddress... bootstrapServers) {
    return new ClusterAddress(List.of(bootstrapServers), Map.of());
  }

  /** The brokers as Kafka's {@code bootstrap.servers} wants them. */
  public String bootstrap() {
    return bootstrapServers.stream().map(BrokerAddress::toString).collect(Collectors.joining(","));
  }
}
