package io.kafkafetch.application.delivery;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How others reach into a delivery that is under way: the member's polling thread abandons it, a
 * change of the consumer wakes it. Safe for any thread.
 */
public final class PartitionControl {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Written under the lock, read anywhere: the delivering thread looks at it between batches. */
  private volatile boolean abandoned;

  /** Counts calls of {@link #wake()}, so that one that comes before the pause is not lost. */
  private long wakes;

  private long seenWakes;

  /** A control that nobody has used yet. */
  public PartitionControl() {}

  /** The partition was revoked or the member stops: no further try is made. */
  public void abandon() {
    lock.lock();
    try {
      abandoned = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends a pause early, because what is wanted has changed. */
  public void wake() {
    lock.lock();
    try {
      wakes++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether the delivery was given up from outside. */
  public boolean isAbandoned() {
    return abandoned;
  }

  /** Waits that long, or until it is woken or abandoned. Only the delivering thread calls this. */
  void pause(Duration duration) {
    long nanos = duration.toNanos();
    lock.lock();
    try {
      while (nanos > 0 && !abandoned && wakes == seenWakes) {
        nanos = changed.awaitNanos(nanos);
      }
      seenWakes = wakes;
    } catch (InterruptedException interrupted) {
      // Nobody interrupts a delivery but a JVM that is going down; treat it as being given up.
      abandoned = true;
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }
}
