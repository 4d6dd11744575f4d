package io.kafkafetch.adapter.kafka;

import io.kafkafetch.domain.lag.TopicPartitionName;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads the timestamps of single records with one client, within one time limit. Of each partition
 * it asks for one batch of the log at a time, which mostly tells all offsets that are near.
 */
final class RecordTimestamps {
  private static final Duration LIMIT = Duration.ofSeconds(3);

  private final Consumer<byte[], byte[]> consumer;

  /** What is still looked for, the smallest first. */
  private final Map<TopicPartition, NavigableSet<Long>> left = new HashMap<>();

  private final Map<TopicPartitionName, Map<Long, Instant>> found = new HashMap<>();

  private RecordTimestamps(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /** The timestamp of the first record at or after each offset, as far as found in time. */
  static Map<TopicPartitionName, Map<Long, Instant>> read(
      Map<String, Object> properties, Map<TopicPartitionName, Set<Long>> offsets, Duration atMost) {
    var limit = atMost.compareTo(LIMIT) < 0 ? atMost : LIMIT;
    if (offsets.isEmpty() || limit.isZero()) {
      return Map.of();
    }
    long deadline = System.nanoTime() + limit.toNanos();
    try (var consumer = new KafkaConsumer<byte[], byte[]>(properties)) {
      return new RecordTimestamps(consumer).read(offsets, deadline);
    }
  }

  private Map<TopicPartitionName, Map<Long, Instant>> read(
      Map<TopicPartitionName, Set<Long>> offsets, long deadline) {
    offsets.forEach((name, wanted) ->
        left.put(new TopicPartition(name.topic(), name.partition()), new TreeSet<>(wanted)));
    consumer.assign(left.keySet());
    left.forEach((partition, wanted) -> consumer.seek(partition, wanted.first()));
    while (!left.isEmpty() && System.nanoTime() < deadline) {
      poll(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    }
    return found;
  }

  private void poll(Duration timeout) {
    try {
      var records = consumer.poll(timeout);
      for (var partition : records.partitions()) {
        take(partition, records.records(partition));
      }
    } catch (OffsetOutOfRangeException deleted) {
      // Those records are gone, so nobody can say how old they were.
      deleted
          .partitions()
          .forEach(partition -> {
            var wanted = left.get(partition);
            if (wanted != null) {
              wanted.pollFirst();
              goOn(partition, wanted);
            }
          });
    }
  }

  private void take(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
    var wanted = left.get(partition);
    if (wanted == null) {
      return;
    }
    var name = new TopicPartitionName(partition.topic(), partition.partition());
    var those = found.computeIfAbsent(name, _ -> new HashMap<>());
    for (var record : records) {
      while (!wanted.isEmpty() && wanted.first() <= record.offset()) {
        long offset = wanted.pollFirst();
        // A record without a time of its own tells nothing.
        if (record.timestamp() >= 0) {
          those.put(offset, Instant.ofEpochMilli(record.timestamp()));
        }
      }
    }
    goOn(partition, wanted);
  }

  private void goOn(TopicPartition partition, NavigableSet<Long> wanted) {
    if (wanted.isEmpty()) {
      left.remove(partition);
      consumer.pause(List.of(partition));
    } else {
      consumer.seek(partition, wanted.first());
    }
  }
}
