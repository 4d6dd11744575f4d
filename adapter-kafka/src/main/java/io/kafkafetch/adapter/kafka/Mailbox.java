package io.kafkafetch.adapter.kafka;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.WakeupException;

/**
 * How other threads reach the polling thread: what they leave here is run between two polls, and a
 * poll that waits is woken. Bounded by what is going on: a few letters for each partition.
 *
 * <p>A wake-up that came too late for its poll stays with the client and would hit the next call
 * that waits, be it a commit or the leaving of the group. So it is known here whether one is
 * outstanding.
 */
final class Mailbox {
  private final ConcurrentLinkedQueue<Runnable> letters = new ConcurrentLinkedQueue<>();

  /** The client to wake, while its poll may be waiting; guarded by this object. */
  private Optional<Consumer<?, ?>> polling = Optional.empty();

  /** Whether somebody came since the polling thread last looked; guarded by this object. */
  private boolean awake;

  /** Whether the client was woken and has not said so yet; guarded by this object. */
  private boolean outstanding;

  /** Runs {@code letter} on the polling thread, soon. */
  void post(Runnable letter) {
    letters.add(letter);
    wake();
  }

  /** Runs {@code letter} on the polling thread when that comes by; nobody is woken for it. */
  void leave(Runnable letter) {
    letters.add(letter);
  }

  /** Whether nothing waits to be run. */
  boolean isEmpty() {
    return letters.isEmpty();
  }

  /** Ends a waiting poll, or an {@link #await}. */
  synchronized void wake() {
    awake = true;
    notifyAll();
    if (polling.isPresent() && !outstanding) {
      outstanding = true;
      polling.get().wakeup();
    }
  }

  /** Waits for a letter or a wake-up instead of polling; only the polling thread does. */
  synchronized void await(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    try {
      for (long left = limit.toMillis(); !awake && left > 0; ) {
        wait(left);
        left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    awake = false;
  }

  /** The polling thread is about to wait; false when somebody came and it should not. */
  synchronized boolean beginPoll(Consumer<?, ?> consumer) {
    if (awake || !letters.isEmpty()) {
      return false;
    }
    polling = Optional.of(consumer);
    return true;
  }

  /** The polling thread waits no longer. */
  synchronized void endPoll() {
    polling = Optional.empty();
  }

  /** The client said that it was woken. */
  synchronized void woken() {
    outstanding = false;
  }

  /**
   * Runs a call of the client that waits, as a commit does, and again where a wake-up ends it: that
   * was meant for a poll. The poll that goes on around it, when the client calls back, or the next
   * one still ends by it.
   */
  <T> T undisturbed(Supplier<T> call) {
    boolean disturbed = false;
    try {
      while (true) {
        try {
          return call.get();
        } catch (WakeupException meantForAPoll) {
          woken();
          disturbed = true;
        }
      }
    } finally {
      if (disturbed) {
        wake();
      }
    }
  }

  /** Whether the client's next call that waits would say that it was woken. */
  synchronized boolean isWakeOutstanding() {
    return outstanding;
  }

  private synchronized void looking() {
    awake = false;
  }

  /** Another client takes the place of the one before. */
  synchronized void reset() {
    outstanding = false;
    polling = Optional.empty();
  }

  /** Runs everything that was left here. Only the polling thread calls this. */
  void runAll() {
    // Who came before this is looked after from here on; who comes later ends the next wait.
    looking();
    for (var letter = letters.poll(); letter != null; letter = letters.poll()) {
      letter.run();
    }
  }
}
