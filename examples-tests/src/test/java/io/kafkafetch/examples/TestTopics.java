package io.kafkafetch.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kafkafetch.embedded.EmbeddedKafka;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Topics on a real broker, which all tests share, and records in them. */
record TestTopics(String brokers) {
  static TestTopics shared() {
    return new TestTopics(EmbeddedKafka.shared().bootstrapServers());
  }

  void create(String topic, int partitions) {
    try (var admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
      admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Texts in their order, into the first partition. */
  void write(String topic, Stream<String> values) {
    // Of several requests to a new topic the first could be refused and the second accepted.
    var properties =
        Map.<String, Object>of(
            "bootstrap.servers", brokers, "max.in.flight.requests.per.connection", 1);
    try (var producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      var sent =
          values
              .map(value ->
                  producer.send(
                      new ProducerRecord<byte[], byte[]>(topic, 0, null, value.getBytes(UTF_8))))
              .toList();
      for (var future : sent) {
        future.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException(e);
  }
}
