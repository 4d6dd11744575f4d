package io.kafkafetch.adapter.kafka;

import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * Pauses partitions whose worker has enough, and resumes them when it has room. The client keeps
 * what it has fetched of a paused partition (KAFKA-7548), so pausing costs no second fetch.
 */
final class Flow {
  /** Enough to keep a sink busy while the next poll is under way. */
  private static final int ENOUGH_BATCHES = 4;

  private final Consumer<byte[], byte[]> consumer;
  private final FetchBudget.Share share;

  Flow(Consumer<byte[], byte[]> consumer, FetchBudget.Share share) {
    this.consumer = consumer;
    this.share = share;
  }

  /** Whether what waits for the sinks, or for company, fills the member's share. */
  boolean isFull(Collection<Slot> slots) {
    long waiting = 0;
    for (var slot : slots) {
      waiting += slot.isFlowing() ? slot.openWorker().queuedBytes() + slot.linger.heldBytes() : 0;
    }
    return waiting >= share.queueBytes();
  }

  void regulate(Collection<Slot> slots) {
    boolean full = isFull(slots);
    for (var slot : slots) {
      if (!slot.isFlowing() || slot.held) {
        continue;
      }
      var worker = slot.openWorker();
      boolean enough = worker.queuedBatches() >= ENOUGH_BATCHES || (full && worker.isBusy());
      if (enough && !slot.paused) {
        consumer.pause(List.of(slot.partition));
        slot.paused = true;
      } else if (!enough && slot.paused) {
        consumer.resume(List.of(slot.partition));
        slot.paused = false;
      }
    }
  }

  /** Whether a worker that has drained a batch should wake the polling thread. */
  boolean wantsNews(PartitionWorker worker) {
    int left = worker.queuedBatches();
    return left == 0 || left == ENOUGH_BATCHES - 1;
  }
}
