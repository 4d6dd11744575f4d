package io.kafkafetch.bootstrap.sessions;

import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends what tests read. */
final class PlainProducer {
  private PlainProducer() {}

  /** In order without sequence numbers, which a topic that is just being made may refuse. */
  static KafkaProducer<byte[], byte[]> inOrder(String bootstrap) {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            bootstrap,
            "linger.ms",
            0,
            "enable.idempotence",
            false,
            "max.in.flight.requests.per.connection",
            1),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
