package io.kafkafetch.application.fleet;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Waits for a while or for news, whichever is first. News that came before the wait is kept; of a
 * burst of news, what comes within a short rest is dealt with together.
 */
final class Wake {
  /** Too short for a person to notice, and longer than a round takes among many consumers. */
  private static final Duration REST = Duration.ofMillis(50);

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Semaphore news = new Semaphore(0);

  /** There is news. */
  void now() {
    news.release();
  }

  /** There is the last of all news: nothing waits any more. */
  void end() {
    ended.countDown();
    now();
  }

  /** Rests, then waits that long, or until there is news. */
  void await(Duration atMost) throws InterruptedException {
    if (ended.await(REST.toMillis(), TimeUnit.MILLISECONDS)) {
      return;
    }
    if (news.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      // All news up to here is dealt with by one round.
      news.drainPermits();
    }
  }
}
