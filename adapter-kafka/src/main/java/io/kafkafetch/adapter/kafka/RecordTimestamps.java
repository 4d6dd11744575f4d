package io.kafkafetch.adapter.kafka;

import io.kafkafetch.domain.lag.TopicPartitionName;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;

/** Reads the timestamps of single records with one client, in one bounded fetch. */
final class RecordTimestamps {
  private static final Duration LIMIT = Duration.ofSeconds(3);

  private RecordTimestamps() {}

  /** The timestamp of the first record at or after each offset, as far as found in time. */
  static Map<TopicPartitionName, Optional<Instant>> read(
      Map<String, Object> properties, Map<TopicPartitionName, Long> offsets, Duration atMost) {
    var found = new HashMap<TopicPartitionName, Optional<Instant>>();
    offsets.keySet().forEach(name -> found.put(name, Optional.empty()));
    if (offsets.isEmpty()) {
      return found;
    }
    var limit = atMost.compareTo(LIMIT) < 0 ? atMost : LIMIT;
    long deadline = System.nanoTime() + limit.toNanos();
    try (var consumer = new KafkaConsumer<byte[], byte[]>(properties)) {
      var left = new HashMap<TopicPartition, TopicPartitionName>();
      offsets.keySet().forEach(n -> left.put(new TopicPartition(n.topic(), n.partition()), n));
      consumer.assign(left.keySet());
      left.forEach((partition, name) -> consumer.seek(partition, offsets.getOrDefault(name, 0L)));
      while (!left.isEmpty() && System.nanoTime() < deadline) {
        poll(consumer, left, found, Duration.ofNanos(deadline - System.nanoTime()));
      }
    }
    return found;
  }

  private static void poll(
      KafkaConsumer<byte[], byte[]> consumer,
      Map<TopicPartition, TopicPartitionName> left,
      Map<TopicPartitionName, Optional<Instant>> found,
      Duration timeout) {
    try {
      var records = consumer.poll(timeout);
      for (var partition : records.partitions()) {
        var name = left.remove(partition);
        if (name != null) {
          long at = records.records(partition).getFirst().timestamp();
          found.put(name, at < 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(at)));
          consumer.pause(List.of(partition));
        }
      }
    } catch (OffsetOutOfRangeException deleted) {
      // The record is gone, so nobody can say how old it was.
      deleted.partitions().forEach(left::remove);
      consumer.pause(deleted.partitions());
    }
  }
}
