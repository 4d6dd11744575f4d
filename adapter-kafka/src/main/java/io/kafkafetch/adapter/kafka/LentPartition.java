package io.kafkafetch.adapter.kafka;

import java.util.ArrayDeque;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A partition of a lending member. Belongs to its polling thread. */
final class LentPartition {
  final TopicPartition partition;

  /** What was read and is not lent. */
  final ArrayDeque<ConsumerRecord<byte[], byte[]>> read = new ArrayDeque<>();

  /** Who has it; null when it is free. */
  @Nullable Lending holder;

  /** The offset of the first record that is lent. */
  long lentFrom;

  /** One past the offset of the last record that is lent. */
  long lentTo;

  boolean paused;

  LentPartition(TopicPartition partition) {
    this.partition = partition;
  }

  /** Whether that call may take from it. */
  boolean isFor(Lending call) {
    return partition.topic().equals(call.topic()) && (holder == null || holder == call);
  }

  /** Takes the next record for that call. */
  ConsumerRecord<byte[], byte[]> lend(Lending call) {
    var record = read.removeFirst();
    if (holder == null) {
      holder = call;
      lentFrom = record.offset();
    }
    lentTo = record.offset() + 1;
    return record;
  }
}
