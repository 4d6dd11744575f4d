package io.kafkafetch.application.fleet;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WakeTest {
  private static final Duration SOON = Duration.ofMillis(1);
  private static final Duration NEVER = Duration.ofHours(1);
  private static final Duration REST = Duration.ofMillis(50);
  private static final Duration BURST = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Wake wake = new Wake();

  @Test
  void newsThatCameBeforeTheWaitEndsIt() {
    wake.now();

    assertTimeoutPreemptively(PATIENCE, () -> wake.await(NEVER));
  }

  @Test
  void withoutNewsTheWaitIsOverInTime() {
    assertTimeoutPreemptively(PATIENCE, () -> wake.await(SOON));
  }

  @Test
  void afterTheEndNothingWaits() {
    wake.end();

    assertTimeoutPreemptively(
        PATIENCE,
        () -> {
          wake.await(NEVER);
          wake.await(NEVER);
        });
  }

  @Test
  void aBurstOfNewsIsDealtWithInAFewRounds() throws Exception {
    var rounds = new AtomicInteger();
    long began = System.nanoTime();
    while (Duration.ofNanos(System.nanoTime() - began).compareTo(BURST) < 0) {
      wake.now();
      wake.await(NEVER);
      rounds.incrementAndGet();
    }

    assertTrue(rounds.get() <= BURST.dividedBy(REST) + 1, rounds + " rounds");
  }
}
