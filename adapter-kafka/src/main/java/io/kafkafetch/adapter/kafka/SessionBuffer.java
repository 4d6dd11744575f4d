package io.kafkafetch.adapter.kafka;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What the client has returned and nobody has asked for yet: less than two polls of the client.
 * Belongs to whoever holds the session's lock.
 */
final class SessionBuffer {
  private final ArrayDeque<ConsumerRecordBatch> batches = new ArrayDeque<>();
  private int records;
  private long bytes;

  void add(ConsumerRecordBatch batch) {
    batches.add(batch);
    records += batch.size();
    bytes += batch.sizeInBytes();
  }

  /** Whether an answer within these bounds would be full. */
  boolean fills(int mostRecords, long mostBytes) {
    return records >= mostRecords || bytes >= mostBytes;
  }

  boolean isEmpty() {
    return batches.isEmpty();
  }

  @Nullable ConsumerRecordBatch peek() {
    return batches.peek();
  }

  /** Takes the first records of the first batch. */
  ConsumerRecordBatch take(int count) {
    var first = batches.remove();
    var taken = first;
    if (count < first.size()) {
      batches.addFirst(first.slice(count, first.size()));
      taken = first.slice(0, count);
    }
    records -= count;
    bytes -= taken.sizeInBytes();
    return taken;
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
    records = batches.stream().mapToInt(ConsumerRecordBatch::size).sum();
    bytes = batches.stream().mapToLong(ConsumerRecordBatch::sizeInBytes).sum();
  }

  static boolean isOf(ConsumerRecordBatch batch, TopicPartition partition) {
    var source = batch.source();
    return source.partition() == partition.partition() && source.topic().equals(partition.topic());
  }
}
