package io.kafkafetch.application.deadletters;

import io.kafkafetch.application.driven.Redrives;
import io.kafkafetch.application.driving.Redrive;
import io.kafkafetch.application.driving.RedriveState;
import io.kafkafetch.application.driving.Refusal;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a redrive says how far it got, and hears that it is to stop. Belongs to one thread. */
final class RedriveDesk {
  private static final Logger LOG = LoggerFactory.getLogger(RedriveDesk.class);

  /** A redrive that says nothing for so long counts as dead; longer than any sink may block. */
  static final Duration TIME_TO_LIVE = Duration.ofMinutes(2);

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final Redrives redrives;
  private final InstantSource clock;
  private Redrive latest;

  RedriveDesk(Redrives redrives, InstantSource clock, Redrive begun) {
    this.redrives = redrives;
    this.clock = clock;
    latest = begun;
  }

  Redrive latest() {
    return latest;
  }

  /** Whether it is time to say something. */
  boolean isDue() {
    return !clock.instant().isBefore(latest.updatedAt().plus(INTERVAL));
  }

  /** Says how far it got; goes on when the store is away, since it will be due again. */
  void tell(RedriveTally tally, Optional<String> trouble) throws Stop {
    latest = with(RedriveState.RUNNING, tally, trouble);
    try {
      var state = redrives.save(latest, TIME_TO_LIVE);
      if (state.isEmpty() || state.get() != RedriveState.RUNNING) {
        throw Stop.cancelled();
      }
    } catch (Refusal.Unavailable away) {
      LOG.warn("How far the redrive {} got is not written down: {}", latest.id(), away.detail());
    }
  }

  /** Says how it ended. */
  void end(RedriveState state, RedriveTally tally, Optional<String> trouble) {
    latest = with(state, tally, trouble);
    try {
      redrives.save(latest, TIME_TO_LIVE);
    } catch (Refusal.Unavailable away) {
      LOG.warn("The end of redrive {} is not written down: {}", latest.id(), away.detail());
    }
  }

  private Redrive with(RedriveState state, RedriveTally tally, Optional<String> trouble) {
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return new Redrive(
        latest.id(),
        latest.consumer(),
        latest.server(),
        latest.topic(),
        state,
        latest.startedAt(),
        now,
        state == RedriveState.RUNNING ? Optional.empty() : Optional.of(now),
        tally.counts(),
        trouble,
        tally.remarks());
  }
}
