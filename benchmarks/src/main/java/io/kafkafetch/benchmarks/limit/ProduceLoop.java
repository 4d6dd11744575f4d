package io.kafkafetch.benchmarks.limit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kafkafetch.benchmarks.load.Records;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * {@code bootstrap topic records}: sends records with {@code acks=all} as fast as the client takes
 * them, and waits for the last acknowledgement; records a second.
 */
public final class ProduceLoop {
  private ProduceLoop() {}

  static double run(List<String> words) throws Exception {
    return send(properties(words.get(0)), words.get(1), Integer.parseInt(words.get(2)));
  }

  /**
   * Sends that many records to a topic that may just have been made, and waits until all are
   * acknowledged. One request at a time: on such a topic the first can be refused and the second
   * taken, and the first is then out of sequence for ever.
   */
  public static void load(String bootstrap, String topic, int records) throws Exception {
    var properties = properties(bootstrap);
    properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    send(properties, topic, records);
  }

  private static double send(Map<String, Object> properties, String topic, int records)
      throws Exception {
    var failure = new AtomicReference<@Nullable Exception>();
    try (var producer = new KafkaProducer<byte[], byte[]>(properties)) {
      producer.partitionsFor(topic);
      long begun = System.nanoTime();
      for (int number = 0; number < records; number++) {
        var _ =
            producer.send(
                new ProducerRecord<>(
                    topic, Records.key(number).getBytes(UTF_8), Records.value(number)),
                (_, fault) -> {
                  if (fault != null) {
                    failure.compareAndSet(null, fault);
                  }
                });
      }
      producer.flush();
      var fault = failure.get();
      if (fault != null) {
        throw fault;
      }
      return records / ((System.nanoTime() - begun) / 1e9);
    }
  }

  private static Map<String, Object> properties(String bootstrap) {
    var properties = new HashMap<String, Object>();
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
    properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 64L << 20);
    properties.put(ProducerConfig.METRIC_REPORTER_CLASSES_CONFIG, "");
    properties.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    properties.put(
        ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    return properties;
  }
}
