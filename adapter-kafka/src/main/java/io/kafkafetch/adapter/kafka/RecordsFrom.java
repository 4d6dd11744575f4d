package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.driving.ReadRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Reads a partition from a place on. */
final class RecordsFrom {
  /** How long a look into a topic may take. */
  static final long MOST_NANOS = Duration.ofSeconds(10).toNanos();

  /** How much one answer may hold; one record may be more. */
  static final long MOST_BYTES = 16L << 20;

  static final Duration POLL = Duration.ofMillis(100);

  private RecordsFrom() {}

  static List<ReadRecord> read(
      Consumer<byte[], byte[]> consumer, TopicPartition partition, long offset, int limit) {
    long until = System.nanoTime() + MOST_NANOS;
    var only = List.of(partition);
    consumer.assign(only);
    long begin = Objects.requireNonNull(consumer.beginningOffsets(only).get(partition));
    long end = Objects.requireNonNull(consumer.endOffsets(only).get(partition));
    long at = Math.max(begin, offset);
    var found = new ArrayList<ReadRecord>();
    if (at < end) {
      consumer.seek(partition, at);
    }
    long bytes = 0;
    while (at < end && found.size() < limit && bytes < MOST_BYTES && System.nanoTime() < until) {
      for (var record : consumer.poll(POLL)) {
        if (found.size() < limit && bytes < MOST_BYTES) {
          found.add(Lending.toRead(record));
          bytes += size(record.serializedKeySize()) + size(record.serializedValueSize());
        }
      }
      at = consumer.position(partition);
    }
    return found;
  }

  static long size(int serialized) {
    return Math.max(0, serialized);
  }
}
