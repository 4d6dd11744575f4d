package io.kafkafetch.events;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The records of one poll, and how far they have been handled. Kafka's own position is behind the
 * whole batch from the start, so it must never be committed while a batch is open.
 */
final class Batch {
  private final Map<TopicPartition, Cursor> cursors = new LinkedHashMap<>();

  Batch(ConsumerRecords<byte[], byte[]> records) {
    for (var partition : records.partitions()) {
      cursors.put(
          partition,
          new Cursor(
              partition,
              records.records(partition),
              Objects.requireNonNull(records.nextOffsets().get(partition))));
    }
  }

  /** The records of one partition, and the next one to handle. */
  static final class Cursor {
    private final TopicPartition partition;
    private final List<ConsumerRecord<byte[], byte[]>> records;
    private final OffsetAndMetadata end;
    private long next;

    private Cursor(
        TopicPartition partition,
        List<ConsumerRecord<byte[], byte[]>> records,
        OffsetAndMetadata end) {
      this.partition = partition;
      this.records = records;
      this.end = end;
      this.next = records.getFirst().offset();
    }

    TopicPartition partition() {
      return partition;
    }

    List<ConsumerRecord<byte[], byte[]>> records() {
      return records;
    }

    long next() {
      return next;
    }

    void moveTo(long offset) {
      next = offset;
    }

    /** Past the last record, and past what Kafka keeps to itself behind it. */
    void moveToEnd() {
      next = end.offset();
    }

    /** Forward only, and not beyond the end. */
    void settle(long offset) {
      next = Math.max(next, Math.min(offset, end.offset()));
    }

    private OffsetAndMetadata position() {
      return next == end.offset() ? end : new OffsetAndMetadata(next);
    }
  }

  Collection<Cursor> cursors() {
    return cursors.values();
  }

  Optional<Cursor> cursor(TopicPartition partition) {
    return Optional.ofNullable(cursors.get(partition));
  }

  void forget(TopicPartition partition) {
    cursors.remove(partition);
  }

  /** What may be committed of it. */
  Map<TopicPartition, OffsetAndMetadata> handled() {
    var handled = new HashMap<TopicPartition, OffsetAndMetadata>();
    cursors.forEach((partition, cursor) -> handled.put(partition, cursor.position()));
    return handled;
  }

  /** Lets Kafka read again what was not handled. */
  void giveBack(Consumer<?, ?> kafka) {
    var assigned = kafka.assignment();
    for (var cursor : cursors.values()) {
      if (cursor.next < cursor.end.offset() && assigned.contains(cursor.partition)) {
        kafka.seek(cursor.partition, cursor.next);
      }
    }
  }
}
