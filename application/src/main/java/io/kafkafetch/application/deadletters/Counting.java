package io.kafkafetch.application.deadletters;

import io.kafkafetch.application.driving.Refusal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;

/** Looks at all that was asked for while somebody waits, and refuses when that takes too long. */
final class Counting {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final InstantSource clock;

  Counting(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Shows every part.
   *
   * @throws Refusal.TimedOut when there are too many letters to be counted in time
   */
  void through(LetterScan scan, Consumer<LetterScan.Part> counter) {
    var until = clock.instant().plus(LIMIT);
    while (true) {
      var part = scan.next(Duration.ofSeconds(1));
      if (part.isEmpty()) {
        return;
      }
      counter.accept(part.get());
      if (clock.instant().isAfter(until)) {
        throw new Refusal.TimedOut(
            "The dead letters could not be counted within "
                + LIMIT.toSeconds()
                + " s; nothing was changed. Name a smaller part of them");
      }
    }
  }
}
