package io.kafkafetch.adapter.kafka;

import io.kafkafetch.domain.consumer.ClusterAddress;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What the producers are made of that write for everybody. */
final class ProducerSettings {
  /** Of one that writes in bulk. Brokers take twice as much unless they are told otherwise. */
  static final int BULK_BATCH = 512 << 10;

  private final ClientProperties clients;

  /** On top of what all clients have in common. */
  ProducerSettings(ClientProperties clients) {
    this.clients = clients;
  }

  /**
   * For everybody's records: acknowledged by all in-sync replicas, each written once. Nobody waits
   * for company: a batch is what came in while the one before it was under way.
   */
  Map<String, Object> atOnce(ClusterAddress cluster) {
    var properties = clients.common(cluster);
    properties.put(ProducerConfig.CLIENT_ID_CONFIG, "kafka-fetch-produce");
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
    // One at a time: what comes meanwhile travels together, measured faster than five small ones;
    // and a topic that is just being made cannot accept the second while it refuses the first.
    properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 64L << 20);
    // What is too large is for the topic to say; ours only has to be above it.
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 40 << 20);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 12_000);
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    properties.put(
        ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    return properties;
  }

  /**
   * The same for what comes in bulk: it waits until a batch is full, and for a few milliseconds at
   * most, since on a busy machine each request costs more than the records in it.
   */
  Map<String, Object> inBulk(ClusterAddress cluster) {
    var properties = atOnce(cluster);
    properties.put(ProducerConfig.CLIENT_ID_CONFIG, "kafka-fetch-bulk");
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, BULK_BATCH);
    properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 32L << 20);
    return properties;
  }
}
