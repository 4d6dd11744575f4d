package io.kafkafetch.application.deadletters;

import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How fast a redrive goes, and its waiting, which ends when it is stopped. Belongs to its thread,
 * but for {@link #stop()}.
 */
final class Pace {
  private final OptionalLong ratePerSecond;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private long nextAt = System.nanoTime();

  Pace(OptionalLong ratePerSecond) {
    this.ratePerSecond = ratePerSecond;
  }

  /** Ends whatever waits here; any thread. */
  void stop() {
    stopped.countDown();
  }

  void requireGoing() throws Stop {
    if (stopped.getCount() == 0) {
      throw Stop.interrupted();
    }
  }

  /** Until the next letter may be given. */
  void awaitTurn() throws Stop {
    if (ratePerSecond.isPresent()) {
      pause(Math.max(0, nextAt - System.nanoTime()));
      nextAt =
          Math.max(nextAt, System.nanoTime())
              + TimeUnit.SECONDS.toNanos(1) / ratePerSecond.getAsLong();
    }
  }

  void pause(long nanos) throws Stop {
    try {
      if (stopped.await(nanos, TimeUnit.NANOSECONDS)) {
        throw Stop.interrupted();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Stop.interrupted();
    }
  }
}
