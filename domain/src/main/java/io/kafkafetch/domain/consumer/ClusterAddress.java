package io.kafkafetch.domain.consumer;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** The value of a client property, when it is given; may be a secret or a reference to one. */
  public Optional<String> property(ClientProperty property) {
    return Optional.ofNullable(clientConfig.get(property.wireName()));
  }

  /** Whether what is sent is encrypted. */
  public boolean isEncrypted() {
    return property(ClientProperty.SECURITY_PROTOCOL).orElse("").endsWith("SSL");
  }

  /** The brokers alone: the properties may hold secrets. */
  @Override
  public String toString() {
    return "ClusterAddress[" + bootstrap() + "]";
  }
}
