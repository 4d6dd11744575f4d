package io.kafkafetch.adapter.kafka;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What the client has returned and nobody has asked for yet: less than one poll of the client.
 * Belongs to the polling thread.
 */
final class SessionBuffer {
  private final ArrayDeque<ConsumerRecordBatch> batches = new ArrayDeque<>();

  void add(ConsumerRecordBatch batch) {
    batches.add(batch);
  }

  boolean isEmpty() {
    return batches.isEmpty();
  }

  @Nullable ConsumerRecordBatch peek() {
    return batches.peek();
  }

  /** Takes the first records of the first batch. */
  ConsumerRecordBatch take(int records) {
    var first = batches.remove();
    if (records == first.size()) {
      return first;
    }
    batches.addFirst(first.slice(records, first.size()));
    return first.slice(0, records);
  }

  /** The offset of the first record of a partition, when there is one. */
  OptionalLong first(TopicPartition partition) {
    for (var batch : batches) {
      if (isOf(batch, partition)) {
        return OptionalLong.of(batch.offset(0));
      }
    }
    return OptionalLong.empty();
  }

  void drop(Collection<TopicPartition> partitions) {
    batches.removeIf(batch ->
        partitions.contains(
            new TopicPartition(batch.source().topic(), batch.source().partition())));
  }

  static boolean isOf(ConsumerRecordBatch batch, TopicPartition partition) {
    var source = batch.source();
    return source.partition() == partition.partition() && source.topic().equals(partition.topic());
  }
}
