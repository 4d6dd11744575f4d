package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.driven.SessionReader.Assigned;
import io.kafkafetch.application.driving.Refusal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A session on its way to its partitions. Belongs to the polling thread. */
final class SessionJoining {
  /** A dead member holds its group up for its session timeout, and the delay of a new group. */
  private static final long LIMIT_NANOS =
      Duration.ofMillis(ClientProperties.SESSION_TIMEOUT_MS).plusSeconds(8).toNanos();

  /**
   * A member that joins others gets nothing at first; its part comes when they have given it up,
   * which it hears with its next heartbeat (KIP-429).
   */
  private static final long SETTLE_NANOS = Duration.ofSeconds(4).toNanos();

  private final CompletableFuture<Assigned> reply;
  private final boolean byHand;
  private final long begun;
  private long emptySince;

  SessionJoining(CompletableFuture<Assigned> reply, boolean byHand, long now) {
    this.reply = reply;
    this.byHand = byHand;
    this.begun = now;
  }

  /** Whether there is something to answer; fails it when the time is over. */
  boolean isOver(SessionAssignment assignment, Optional<Refusal> trouble) {
    long now = System.nanoTime();
    if (reply.isDone()) {
      return true;
    }
    if (assignment.isAssigned() && assignment.isPlaced()) {
      if (byHand || !assignment.all().isEmpty()) {
        return true;
      }
      emptySince = emptySince == 0 ? now : emptySince;
      return now - emptySince >= SETTLE_NANOS;
    }
    emptySince = 0;
    if (now - begun >= LIMIT_NANOS) {
      fail(trouble.orElseGet(SessionJoining::late));
      return true;
    }
    return false;
  }

  private static Refusal late() {
    return new Refusal.TimedOut(
        "The group did not assign partitions within "
            + Duration.ofNanos(LIMIT_NANOS).toSeconds()
            + " s; another member may be slow to give some up.");
  }

  void answer(SessionAssignment assignment) {
    if (!reply.isDone() && assignment.takeNews().isEmpty()) {
      // Nothing was assigned, which is an answer, too.
      emptySince = 0;
    }
    reply.complete(new Assigned(assignment.era(), assignment.byTopic()));
  }

  void fail(RuntimeException reason) {
    reply.completeExceptionally(reason);
  }
}
