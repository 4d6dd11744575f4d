package io.kafkafetch.application.sessions;

import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.application.driving.SessionAnswer;
import io.kafkafetch.application.driving.SessionTail;
import io.kafkafetch.application.sessions.SessionRules.Poll;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Polls a session for as long as it is open; one long call, seen from outside. */
final class Tail implements SessionTail {
  private final Session session;
  private final Poll limits;
  private final InstantSource clock;
  private boolean open = true;

  /** The caller has entered the session and polls it. */
  Tail(Session session, Poll limits, InstantSource clock) {
    this.session = session;
    this.limits = limits;
    this.clock = clock;
  }

  @Override
  public SessionAnswer next(Duration wait) {
    if (!session.isPolledBy(this)) {
      throw new Refusal.Conflict("Another stream of this session has taken over.");
    }
    return session.poll(new Poll(limits.maxRecords(), wait, limits.maxBytes(), Optional.empty()));
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      session.endPolling(this);
      session.leave(clock.instant());
    }
  }
}
