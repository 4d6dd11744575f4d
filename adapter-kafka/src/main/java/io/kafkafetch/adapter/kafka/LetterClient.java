package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.driven.DeadLetterTopics.Chunk;
import io.kafkafetch.application.driven.DeadLetterTopics.Reader;
import io.kafkafetch.domain.consumer.ClusterAddress;
import io.kafkafetch.domain.processor.SourcePartition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reads one topic with a client that is made when something is there to be read. */
final class LetterClient implements Reader {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

  private final ClusterAddress cluster;
  private final ClientProperties properties;
  private final String topic;
  private final String topicId;
  private final Runnable onClose;
  private @Nullable KafkaConsumer<byte[], byte[]> client;

  /** Where the client reads on, negative when that is not known. */
  private long position = -1;

  private boolean closed;

  LetterClient(
      ClusterAddress cluster,
      ClientProperties properties,
      String topic,
      String topicId,
      Runnable onClose) {
    this.cluster = cluster;
    this.properties = properties;
    this.topic = topic;
    this.topicId = topicId;
    this.onClose = onClose;
  }

  @Override
  public Chunk read(int partition, long from, long end, Duration atMost) {
    var where = new TopicPartition(topic, partition);
    try {
      var reading = client();
      if (!reading.assignment().equals(Set.of(where))) {
        reading.assign(List.of(where));
        position = -1;
      }
      if (position != from) {
        reading.seek(where, from);
      }
      position = -1;
      return poll(reading, where, from, end, atMost);
    } catch (KafkaException fault) {
      throw AdminAnswers.refusal(fault, cluster);
    }
  }

  private Chunk poll(
      KafkaConsumer<byte[], byte[]> reading,
      TopicPartition where,
      long from,
      long end,
      Duration atMost) {
    try {
      var records = reading.poll(atMost).records(where);
      position = reading.position(where, atMost);
      long next = Math.min(position, end);
      var wanted = records.stream().filter(it -> it.offset() < end).toList();
      return wanted.isEmpty()
          ? new Chunk(Optional.empty(), Math.max(from, next))
          : new Chunk(
              Optional.of(
                  new ConsumerRecordBatch(
                      new SourcePartition(topic, topicId, where.partition()), wanted, next)),
              next);
    } catch (OffsetOutOfRangeException deleted) {
      // What lay there was purged meanwhile: on from where something is left.
      long start = reading.beginningOffsets(List.of(where)).getOrDefault(where, end);
      return new Chunk(Optional.empty(), Math.clamp(start, from, end));
    }
  }

  private KafkaConsumer<byte[], byte[]> client() {
    if (client == null) {
      client = new KafkaConsumer<>(properties.letterReader(cluster));
    }
    return client;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (client != null) {
        client.close(CloseOptions.timeout(CLOSE_TIMEOUT));
      }
    } finally {
      onClose.run();
    }
  }
}
