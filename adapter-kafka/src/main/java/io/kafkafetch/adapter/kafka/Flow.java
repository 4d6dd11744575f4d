package io.kafkafetch.adapter.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * Pauses partitions whose worker has enough, and resumes them when it has room. The client keeps
 * what it has fetched of a paused partition (KAFKA-7548), so pausing costs no second fetch.
 *
 * <p>A client has one fetch under way to each broker. A fetch that is sent while a busy partition
 * is paused asks for the others only; where they have nothing new, it waits at the broker for
 * {@code fetch.max.wait.ms}, and the busy partition's next fetch waits behind it. So while there is
 * nothing to be had but from partitions whose workers have enough, polling is put off instead, for
 * as long as it takes a worker that keeps moving to get through a batch.
 */
final class Flow {
  /** Enough to keep a sink busy while the next poll is under way. */
  private static final int ENOUGH_BATCHES = 4;

  /**
   * So long polling is put off for a worker at most; for that long a record of an idle partition
   * waits beside a busy one. Above it the batches that are left, three, outlast a fetch that waits.
   */
  static final Duration HOLD = Duration.ofMillis(ClientProperties.MEMBER_FETCH_WAIT_MS / 3);

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

  /**
   * Pauses and resumes.
   *
   * @return for how long polling is to be put off; zero when it is not
   */
  Duration regulate(Collection<Slot> slots, Instant now) {
    boolean full = isFull(slots);
    boolean hungry = false;
    var heldUntil = now;
    for (var slot : slots) {
      if (!slot.isFlowing() || slot.held) {
        continue;
      }
      if (!hasEnough(slot, full)) {
        slot.enoughSince = Instant.MAX;
        hungry |= slot.remaining != 0;
      } else if (slot.enoughSince.equals(Instant.MAX)) {
        slot.enoughSince = now;
      }
      var until = slot.enoughSince.equals(Instant.MAX) ? now : slot.enoughSince.plus(HOLD);
      heldUntil = until.isAfter(heldUntil) ? until : heldUntil;
    }
    if (!hungry && heldUntil.isAfter(now)) {
      return Duration.between(now, heldUntil);
    }
    for (var slot : slots) {
      if (slot.isFlowing() && !slot.held) {
        pauseOrResume(slot);
      }
    }
    return Duration.ZERO;
  }

  private static boolean hasEnough(Slot slot, boolean full) {
    var worker = slot.openWorker();
    return worker.queuedBatches() >= ENOUGH_BATCHES || (full && worker.isBusy());
  }

  private void pauseOrResume(Slot slot) {
    boolean enough = !slot.enoughSince.equals(Instant.MAX);
    if (enough && !slot.paused) {
      consumer.pause(List.of(slot.partition));
    } else if (!enough && slot.paused) {
      consumer.resume(List.of(slot.partition));
    }
    slot.paused = enough;
  }

  /** Whether a worker that has drained a batch should wake the polling thread. */
  boolean wantsNews(PartitionWorker worker) {
    int left = worker.queuedBatches();
    return left == 0 || left == ENOUGH_BATCHES - 1;
  }
}
