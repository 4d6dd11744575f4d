package io.kafkafetch.adapter.http;

import java.util.List;

/**
 * What the server says of itself.
 *
 * @param version of the product
 * @param bootstrapServers {@code host:port} of the server's own Kafka cluster
 * @param embedded whether that cluster is a broker which the server started itself
 * @param produceSource the {@code source} that messages get when their sender names none
 * @param consumeGroup the group of those who read without naming one
 */
public record ServerDescription(
    String version,
    List<String> bootstrapServers,
    boolean embedded,
    String produceSource,
    String consumeGroup) {
  private static final String STANDARD_NAME = "kafka-fetch-server";

  /** A server that goes by its standard name. */
  public ServerDescription(String version, List<String> bootstrapServers, boolean embedded) {
    this(version, bootstrapServers, embedded, STANDARD_NAME, STANDARD_NAME);
  }

  public ServerDescription {
    bootstrapServers = List.copyOf(bootstrapServers);
  }
}
