package io.kafkafetch.adapter.processors.http;

import io.kafkafetch.domain.processor.Cause;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntFunction;

/** Sends the units of one batch, several at once, each by a virtual thread that waits for it. */
final class ParallelRun {
  private final UnitQueue queue;
  private final IntFunction<Optional<Cause>> send;

  ParallelRun(UnitQueue queue, IntFunction<Optional<Cause>> send) {
    this.queue = queue;
    this.send = send;
  }

  /** Sends with that many requests in flight; answers when none is any more. */
  void run(int maxInFlight) {
    int workers = Math.min(maxInFlight, queue.units());
    var others = new CountDownLatch(workers - 1);
    for (int i = 1; i < workers; i++) {
      Thread.ofVirtual()
          .name("forward-", i)
          .start(() -> {
            try {
              work();
            } finally {
              others.countDown();
            }
          });
    }
    try {
      work();
    } finally {
      awaitAll(others);
    }
  }

  private static void awaitAll(CountDownLatch others) {
    boolean interrupted = false;
    while (true) {
      try {
        others.await();
        break;
      } catch (InterruptedException e) {
        // Requests are under way: what became of them must be known before anything is answered.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * A worker may leave when nothing may be sent: whatever is still blocked is released by a worker
   * that is not done, which takes it up itself.
   */
  private void work() {
    for (int unit = queue.next(); unit >= 0; unit = queue.next()) {
      boolean known = false;
      try {
        var cause = send.apply(unit);
        queue.done(unit, cause);
        known = true;
      } finally {
        if (!known) {
          queue.failed(unit);
        }
      }
    }
  }
}
