package io.kafkafetch.adapter.processors.http;

import io.kafkafetch.domain.processor.Cause;
import java.util.BitSet;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The units of one batch, several of which may be sent at once, those of equal keys one after the
 * other, and what became of them.
 *
 * <p>Once a unit fails, none after it is given out; those before it still are, so that the first
 * that failed is truly the first that is missing.
 */
final class UnitQueue {
  private final int units;
  private final ReentrantLock lock = new ReentrantLock();

  // All below is guarded by the lock until nobody sends any more.
  private final KeyOrder order;
  private final PriorityQueue<Integer> released = new PriorityQueue<>();
  private final BitSet delivered;
  private final @Nullable Cause[] causes;
  private int cursor;
  private int limit;

  UnitQueue(int units, KeyOrder order) {
    this.units = units;
    this.order = order;
    delivered = new BitSet(units);
    causes = new Cause[units];
    limit = units;
  }

  /** How many units there are. */
  int units() {
    return units;
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

  /**
   * A unit that may be sent now; negative when there is none, until one that is under way is done:
   * it may release others.
   */
  int next() {
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

  /** The unit was taken, or it was not, because of that. */
  void done(int unit, Optional<Cause> cause) {
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

  /** A defect, or no memory: the unit counts as missing, and nothing after it is given out. */
  void failed(int unit) {
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
