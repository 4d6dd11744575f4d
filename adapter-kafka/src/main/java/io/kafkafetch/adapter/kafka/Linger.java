package io.kafkafetch.adapter.kafka;

import io.kafkafetch.domain.consumer.DeliveryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Holds back a batch that is not full, for as long as the policy allows; without a linger, records
 * pass as they came. Belongs to the polling thread.
 */
final class Linger {
  private static final Duration NEVER = Duration.ofDays(1);

  private List<ConsumerRecord<byte[], byte[]>> held = new ArrayList<>();
  private long heldBytes;
  private long nextOffset;
  private Instant since = Instant.MAX;

  /**
   * Takes what a poll returned of the partition.
   *
   * @return how many bytes the records have
   */
  long take(
      Slot slot,
      List<ConsumerRecord<byte[], byte[]>> records,
      long next,
      DeliveryPolicy policy,
      Instant now) {
    if (records.isEmpty()) {
      skip(slot, next);
      return 0;
    }
    var source = slot.openWorker().delivery().source();
    var batch = new ConsumerRecordBatch(source, records, next);
    long bytes = batch.sizeInBytes();
    if (held.isEmpty() && policy.linger().isZero()) {
      slot.openWorker().deliver(batch, bytes);
      return bytes;
    }
    if (held.isEmpty()) {
      since = now;
    }
    held.addAll(records);
    heldBytes += bytes;
    nextOffset = next;
    dispatchWhenDue(slot, policy, now, false);
    return bytes;
  }

  private void skip(Slot slot, long next) {
    if (held.isEmpty()) {
      slot.openWorker().skipTo(next);
    } else {
      nextOffset = next;
    }
  }

  /** Whether anything is held back. */
  boolean isHolding() {
    return !held.isEmpty();
  }

  long heldBytes() {
    return heldBytes;
  }

  /**
   * Passes on what is held, once it is full or has waited long enough.
   *
   * @param hurry whether there is no room for it to wait any longer
   */
  void dispatchWhenDue(Slot slot, DeliveryPolicy policy, Instant now, boolean hurry) {
    if (held.isEmpty() || !slot.isFlowing()) {
      return;
    }
    boolean full = held.size() >= policy.maxBatchRecords() || heldBytes >= policy.maxBatchBytes();
    if (full || hurry || !left(policy, now).isPositive()) {
      var source = slot.openWorker().delivery().source();
      slot.openWorker().deliver(new ConsumerRecordBatch(source, held, nextOffset), heldBytes);
      clear();
    }
  }

  /** How long what is held may still wait. */
  Duration left(DeliveryPolicy policy, Instant now) {
    return held.isEmpty() ? NEVER : policy.linger().minus(Duration.between(since, now));
  }

  /** Forgets what is held, because the position moves. */
  void clear() {
    held = new ArrayList<>();
    heldBytes = 0;
    since = Instant.MAX;
  }
}
