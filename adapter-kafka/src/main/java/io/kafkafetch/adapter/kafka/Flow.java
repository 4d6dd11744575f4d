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
 *
 * <p>A member that is far behind fetches only while it has its {@linkplain FetchTurns turn}; until
 * then all its partitions are paused, and it polls as an idle one does.
 */
final class Flow {
  /** Enough to keep a sink busy while the next poll is under way. */
  private static final int ENOUGH_BATCHES = 4;

  /**
   * So long polling is put off for a worker at most; for that long a record of an idle partition
   * waits beside a busy one. Above it the batches that are left, three, outlast a fetch that waits.
   */
  static final Duration HOLD = Duration.ofMillis(ClientProperties.MEMBER_FETCH_WAIT_MS / 3);

  /** Who has more than this before it, more than one poll brings, is far behind. */
  static final long FAR_BEHIND = ClientProperties.MAX_POLL_RECORDS;

  /** After so long a sink that does not move makes its member wait, and another may fetch. */
  static final Duration STUCK = Duration.ofMillis(50);

  private final Consumer<byte[], byte[]> consumer;
  private final FetchBudget.Share share;
  private final FetchTurns.Turn turn;

  /** Whether all partitions are paused until the member's turn comes. */
  private boolean awaitingTurn;

  private boolean hasTurn;

  /** Whether its turn brought anything yet. */
  private boolean brought;

  /**
   * Whether its last turn brought nothing, as when brokers are away: it then fetches without one,
   * which takes nothing from others, until something comes.
   */
  private boolean barren;

  Flow(Consumer<byte[], byte[]> consumer, FetchBudget.Share share, FetchTurns.Turn turn) {
    this.consumer = consumer;
    this.share = share;
    this.turn = turn;
  }

  /** Records, or that there are none any more, came of a fetch. */
  void fetched() {
    barren = false;
    brought = true;
  }

  /** Whether nothing is fetched until the member's turn comes. */
  boolean isAwaitingTurn() {
    return awaitingTurn;
  }

  /** The member needs no turn any more, or not for now. */
  void end(Instant now) {
    turn.giveBack(now);
    hasTurn = false;
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
    long behind = 0;
    var heldUntil = now;
    for (var slot : slots) {
      if (!slot.isFlowing() || slot.held) {
        continue;
      }
      if (!hasEnough(slot, full)) {
        slot.enoughSince = Instant.MAX;
        hungry |= slot.remaining != 0;
        behind += Math.max(slot.remaining, 0);
      } else if (slot.enoughSince.equals(Instant.MAX)) {
        slot.enoughSince = now;
      }
      var until = slot.enoughSince.equals(Instant.MAX) ? now : slot.enoughSince.plus(HOLD);
      heldUntil = until.isAfter(heldUntil) ? until : heldUntil;
    }
    if (!hungry && heldUntil.isAfter(now)) {
      return hold(now, heldUntil);
    }
    takeTurn(behind, now);
    for (var slot : slots) {
      if (slot.isFlowing() && !slot.held) {
        pauseOrResume(slot);
      }
    }
    return Duration.ZERO;
  }

  private Duration hold(Instant now, Instant until) {
    var stuck = until.minus(HOLD).plus(STUCK);
    if (stuck.isAfter(now)) {
      return Duration.between(now, stuck);
    }
    end(now);
    return Duration.between(now, until);
  }

  private void takeTurn(long behind, Instant now) {
    if (behind <= FAR_BEHIND || barren) {
      end(now);
      awaitingTurn = false;
      return;
    }
    boolean may = turn.take(now);
    barren = hasTurn && !may && !brought;
    brought &= hasTurn;
    hasTurn = may;
    awaitingTurn = !may && !barren;
  }

  private static boolean hasEnough(Slot slot, boolean full) {
    var worker = slot.openWorker();
    return worker.queuedBatches() >= ENOUGH_BATCHES || (full && worker.isBusy());
  }

  private void pauseOrResume(Slot slot) {
    boolean enough = awaitingTurn || !slot.enoughSince.equals(Instant.MAX);
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
