package io.kafkafetch.application.deadletters;

import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How fast a redrive goes. Its own thread waits here, and waits no longer once it is stopped, which
 * any thread may do.
 */
final class Pace {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final OptionalLong perSecond;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private long nextAt = System.nanoTime();

  /** So many letters a second at most; without a figure as many as go. */
  Pace(OptionalLong perSecond) {
    this.perSecond = perSecond;
  }

  void stop() {
    stopped.countDown();
  }

  void requireGoing() throws Stop {
    if (stopped.getCount() == 0) {
      throw Stop.interrupted();
    }
  }

  /** Until the next letter's turn. */
  void next() throws Stop {
    if (perSecond.isPresent()) {
      while (nextAt - System.nanoTime() > 0) {
        pause(Math.min(nextAt - System.nanoTime(), SECOND));
      }
      nextAt = Math.max(nextAt, System.nanoTime()) + SECOND / perSecond.getAsLong();
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
