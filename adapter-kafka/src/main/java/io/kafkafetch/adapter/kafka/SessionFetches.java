package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.driven.SessionReader.Fetched;
import io.kafkafetch.application.driven.SessionReader.Order;
import io.kafkafetch.application.driving.Refusal;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for records of a session, and the answers. Who finds a whole answer at hand takes it on
 * the thread that asks, since to wake another and be woken by it takes longer than to answer; the
 * polling thread then reads ahead, while the answer is written and read.
 *
 * <p>Whoever touches a session's state holds its lock: the polling thread in all its turn but while
 * its client polls, and from within that when the client tells it of partitions; others only if
 * nobody has it.
 */
final class SessionFetches {
  /** What is read ahead is one poll of the client. */
  private static final int MOST_AHEAD = ClientProperties.SESSION_POLL_RECORDS;

  private final ReentrantLock lock;
  private final SessionAssignment assignment;
  private final SessionMemory memory;
  private final Mailbox mailbox;
  private @Nullable WaitingFetch waiting;

  /** Why nobody may wait any more; null while the server runs. */
  private @Nullable Refusal ending;

  /** Whether one more poll of the client is to bring what the next answer lacks. */
  private boolean ahead;

  SessionFetches(
      ReentrantLock lock, SessionAssignment assignment, SessionMemory memory, Mailbox mailbox) {
    this.lock = lock;
    this.assignment = assignment;
    this.memory = memory;
    this.mailbox = mailbox;
  }

  /** Who waits; null while nobody does. */
  @Nullable WaitingFetch waiting() {
    return waiting;
  }

  boolean isWaiting() {
    return waiting != null;
  }

  void begin(Order order, CompletableFuture<Fetched> reply) {
    var fetch = new WaitingFetch(order, reply, memory, System.nanoTime());
    if (ending != null) {
      fetch.fail(ending);
      return;
    }
    waiting = fetch;
    assignment.waiting(fetch);
  }

  /** Nobody waits any more: who does is told, and who comes. */
  void end(Refusal reason) {
    ending = reason;
    fail(reason);
  }

  /** Ends the fetch that waits, if one does. */
  void fail(RuntimeException reason) {
    var fetch = waiting;
    if (fetch != null) {
      stopWaiting();
      fetch.fail(reason);
    }
  }

  private void stopWaiting() {
    waiting = null;
    assignment.waiting(null);
  }

  void answer(WaitingFetch fetch) {
    stopWaiting();
    var fetched = fetched(fetch);
    ahead = fetch.isFull() && lacks(fetch.order());
    fetch.reply.complete(fetched);
  }

  private Fetched fetched(WaitingFetch fetch) {
    assignment.answered(fetch.gathered());
    return new Fetched(
        assignment.era(),
        fetch.batches(),
        fetch.bytes(),
        assignment.positions(),
        assignment.takeNews(),
        assignment.takeGaps(),
        fetch.release());
  }

  /**
   * The whole of what was asked for, if that is at hand and nothing else is going on. Any thread
   * may call this; it never waits.
   */
  Optional<Fetched> atHand(Order order) {
    if (order.commitAnswered() || !lock.tryLock()) {
      return Optional.empty();
    }
    try {
      return isAtHand(order) ? Optional.of(take(order)) : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private boolean isAtHand(Order order) {
    return waiting == null
        && ending == null
        && mailbox.isEmpty()
        && (order.era().isEmpty() || order.era().getAsLong() == assignment.era())
        && assignment.buffer().fills(order.maxRecords(), order.maxBytes());
  }

  private Fetched take(Order order) {
    long now = System.nanoTime();
    var fetch = new WaitingFetch(order, new CompletableFuture<>(), memory, now);
    fetch.takeFrom(assignment.buffer(), now);
    var fetched = fetched(fetch);
    if (!ahead && lacks(order)) {
      ahead = true;
      mailbox.wake();
    }
    return fetched;
  }

  /** Whether another answer like that is not at hand, as far as one poll could bring it. */
  private boolean lacks(Order order) {
    return !assignment.buffer().fills(Math.min(order.maxRecords(), MOST_AHEAD), order.maxBytes());
  }

  boolean isReadingAhead() {
    return ahead;
  }

  void stopReadingAhead() {
    ahead = false;
  }
}
