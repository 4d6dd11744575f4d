package io.kafkafetch.adapter.http;

import java.util.List;

/**
 * What the server says of itself.
 *
 * @param version of the product
 * @param bootstrapServers {@code host:port} of the server's own Kafka cluster
 * @param embedded whether that cluster is a broker which the server started itself
 */
public record ServerDescription(String version, List<String> bootstrapServers, boolean embedded) {
  public ServerDescription {
    bootstrapServers = List.copyOf(bootstrapServers);
  }
}
