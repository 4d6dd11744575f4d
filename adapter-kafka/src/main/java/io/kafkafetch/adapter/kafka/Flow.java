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

  private static final long ENOUGH_BYTES = 4L << 20;

  private final Consumer<byte[], byte[]> consumer;

  Flow(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  void regulate(Collection<Slot> slots) {
    for (var slot : slots) {
      if (!slot.isFlowing() || slot.held) {
        continue;
      }
      var worker = slot.openWorker();
      boolean full =
          worker.queuedBatches() >= ENOUGH_BATCHES || worker.queuedBytes() >= ENOUGH_BYTES;
      if (full && !slot.paused) {
        consumer.pause(List.of(slot.partition));
        slot.paused = true;
      } else if (!full && slot.paused) {
        consumer.resume(List.of(slot.partition));
        slot.paused = false;
      }
    }
  }

  /** Whether a worker that has drained a batch should wake the polling thread. */
  boolean wantsNews(PartitionWorker worker) {
    return worker.queuedBatches() == ENOUGH_BATCHES - 1;
  }
}
