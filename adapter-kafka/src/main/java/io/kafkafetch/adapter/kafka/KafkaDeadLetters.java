package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.driven.DeadLetter;
import io.kafkafetch.application.driven.DeadLetters;
import io.kafkafetch.domain.consumer.ClusterAddress;
import io.kafkafetch.domain.processor.Cause;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Dead-letter topics in the cluster that the record came from. A topic is made when its first
 * letter comes: one partition, so that letters keep their order, kept for ever, and with room for
 * the headers that say where from and why.
 */
final class KafkaDeadLetters implements DeadLetters {
  /** The source's largest record and our headers must both fit. */
  private static final int HEADER_ROOM = 64 << 10;

  private static final int DEFAULT_MAX_MESSAGE_BYTES = 1_048_588;
  private static final int WAIT_SECONDS = 20;

  private final ClusterClients clients;
  private final Set<Known> known = ConcurrentHashMap.newKeySet();

  /** A topic that is known to be there. */
  private record Known(ClusterAddress cluster, String topic) {}

  KafkaDeadLetters(ClusterClients clients) {
    this.clients = clients;
  }

  @Override
  public Optional<Cause> append(DeadLetter letter) {
    var topic = new Known(letter.cluster(), letter.topic());
    try {
      if (!known.contains(topic)) {
        create(topic, letter.batch().source().topic());
        known.add(topic);
      }
      clients
          .deadLetterProducer(letter.cluster())
          .send(record(letter))
          .get(WAIT_SECONDS, TimeUnit.SECONDS);
      return Optional.empty();
    } catch (ExecutionException e) {
      known.remove(topic);
      return Optional.of(notAppended(topic, Objects.requireNonNullElse(e.getCause(), e)));
    } catch (KafkaException e) {
      known.remove(topic);
      return Optional.of(notAppended(topic, e));
    } catch (TimeoutException e) {
      return Optional.of(
          new Cause.Transient(
              "The dead-letter topic "
                  + letter.topic()
                  + " did not acknowledge within "
                  + WAIT_SECONDS
                  + " s"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(new Cause.Transient("Interrupted while a dead letter was sent"));
    }
  }

  private static Cause notAppended(Known topic, Throwable fault) {
    var said = "The dead-letter topic " + topic.topic() + " takes no record: ";
    var cause =
        fault instanceof RuntimeException runtime
            ? Faults.cause(runtime)
            : new Cause.Transient(Faults.sentence(fault));
    return cause instanceof Cause.Fatal
        ? new Cause.Fatal(said + cause.reason())
        : new Cause.Transient(said + cause.reason());
  }

  private void create(Known topic, String source)
      throws ExecutionException, InterruptedException, TimeoutException {
    var admin = clients.admin(topic.cluster());
    if (PartitionOffsets.describe(admin, topic.topic()).isPresent()) {
      return;
    }
    int room = maxMessageBytes(admin, source) + HEADER_ROOM;
    var wanted =
        new NewTopic(topic.topic(), Optional.of(1), Optional.empty())
            .configs(
                Map.of(
                    TopicConfig.RETENTION_MS_CONFIG,
                    "-1",
                    TopicConfig.RETENTION_BYTES_CONFIG,
                    "-1",
                    TopicConfig.CLEANUP_POLICY_CONFIG,
                    TopicConfig.CLEANUP_POLICY_DELETE,
                    TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                    Integer.toString(room)));
    try {
      admin.createTopics(java.util.List.of(wanted)).all().get(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }

  private static int maxMessageBytes(Admin admin, String source)
      throws ExecutionException, InterruptedException, TimeoutException {
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, source);
    var config =
        Objects.requireNonNull(
                admin
                    .describeConfigs(Set.of(resource))
                    .all()
                    .get(WAIT_SECONDS, TimeUnit.SECONDS)
                    .get(resource))
            .get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
    return config == null ? DEFAULT_MAX_MESSAGE_BYTES : Integer.parseInt(config.value());
  }

  @SuppressWarnings("NullAway") // Kafka takes null for a missing key, value, partition or timestamp
  private static ProducerRecord<byte[], byte[]> record(DeadLetter letter) {
    var batch = letter.batch();
    long timestamp = batch.timestamp(letter.index());
    ProducerRecord<byte[], byte[]> made =
        new ProducerRecord<byte[], byte[]>(
            letter.topic(),
            null,
            timestamp < 0 ? null : timestamp,
            batch.key(letter.index()),
            batch.value(letter.index()));
    for (var header : letter.headers()) {
      made.headers().add(header.name(), header.value());
    }
    return made;
  }
}
