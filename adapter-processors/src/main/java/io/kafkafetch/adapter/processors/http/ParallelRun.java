package io.kafkafetch.adapter.processors.http;

import io.kafkafetch.domain.processor.Cause;
import java.util.BitSet;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Sends the units of one batch, several at once, those of equal keys one after the other.
 *
 * <p>Once a unit fails, none after it is begun; those before it are still sent, so that the first
 * that failed is truly the first that is missing.
 */
final class ParallelRun {
  private final IntFunction<Optional<Cause>> send;
  private final int units;
  private final ReentrantLock lock = new ReentrantLock();

  // All below is guarded by the lock until the last worker is gone.
  private final KeyOrder order;
  private final PriorityQueue<Integer> released = new PriorityQueue<>();
  private final BitSet delivered;
  private final @Nullable Cause[] causes;
  private int cursor;
  private int limit;

  ParallelRun(int units, KeyOrder order, IntFunction<Optional<Cause>> send) {
    this.units = units;
    this.order = order;
    this.send = send;
    delivered = new BitSet(units);
    causes = new Cause[units];
    limit = units;
  }

  /** Sends with that many requests in flight; answers when none is any more. */
  void run(int maxInFlight) {
    int workers = Math.min(maxInFlight, units);
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

  /** The first unit that was not taken; as many as there are units when all were. */
  int firstMissing() {
    return limit;
  }

  /** Whether that unit was taken. */
  boolean isDelivered(int unit) {
    return delivered.get(unit);
  }

  /** Why that unit was not taken; null when it was, was never sent, or failed by a defect. */
  @Nullable Cause cause(int unit) {
    return causes[unit];
  }

  private void work() {
    for (int unit = next(); unit >= 0; unit = next()) {
      boolean known = false;
      try {
        var cause = send.apply(unit);
        done(unit, cause);
        known = true;
      } finally {
        if (!known) {
          // A defect, or no memory: the unit counts as missing, and nothing after it is begun.
          failed(unit);
        }
      }
    }
  }

  /**
   * A unit that may be sent now; negative when there is none. A worker may leave then: whatever is
   * still blocked is released by a worker that is not done, which takes it up itself.
   */
  private int next() {
    lock.lock();
    try {
      while (!released.isEmpty()) {
        int unit = released.remove();
        if (unit < limit) {
          return unit;
        }
      }
      while (cursor < limit) {
        int unit = cursor++;
        if (!order.isBlocked(unit)) {
          return unit;
        }
      }
      return -1;
    } finally {
      lock.unlock();
    }
  }

  private void done(int unit, Optional<Cause> cause) {
    lock.lock();
    try {
      if (cause.isPresent()) {
        causes[unit] = cause.get();
        limit = Math.min(limit, unit);
      } else {
        delivered.set(unit);
        order.done(unit, this::release);
      }
    } finally {
      lock.unlock();
    }
  }

  private void failed(int unit) {
    lock.lock();
    try {
      limit = Math.min(limit, unit);
    } finally {
      lock.unlock();
    }
  }

  /** One that the cursor has not reached yet comes by itself. */
  private void release(int unit) {
    if (unit < cursor) {
      released.add(unit);
    }
  }
}
