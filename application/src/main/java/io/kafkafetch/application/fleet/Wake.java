package io.kafkafetch.application.fleet;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Waits for a while or for news, whichever is first. News that came before the wait is kept. */
final class Wake {
  private final Semaphore news = new Semaphore(0);

  /** There is news. */
  void now() {
    news.release();
  }

  /** Waits that long, or until there is news. */
  void await(Duration atMost) throws InterruptedException {
    if (news.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      // All news up to here is dealt with by one round.
      news.drainPermits();
    }
  }
}
