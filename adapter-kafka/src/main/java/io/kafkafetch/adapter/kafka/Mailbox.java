package io.kafkafetch.adapter.kafka;

import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How other threads reach the polling thread: what they leave here is run between two polls, and a
 * poll that waits is woken. Bounded by what is going on: a few letters for each partition.
 */
final class Mailbox {
  private final ConcurrentLinkedQueue<Runnable> letters = new ConcurrentLinkedQueue<>();

  /** The client to wake; null while no poll is waiting. */
  private volatile @Nullable Consumer<?, ?> polling;

  /** Runs {@code letter} on the polling thread, soon. */
  void post(Runnable letter) {
    letters.add(letter);
    wake();
  }

  /** Ends a waiting poll. */
  void wake() {
    var waiting = polling;
    if (waiting != null) {
      waiting.wakeup();
    }
  }

  /** The polling thread is about to wait; false when there is mail and it should not. */
  boolean beginPoll(Consumer<?, ?> consumer) {
    polling = consumer;
    if (letters.isEmpty()) {
      return true;
    }
    polling = null;
    return false;
  }

  /** The polling thread waits no longer. */
  void endPoll() {
    polling = null;
  }

  /** Runs everything that was left here. Only the polling thread calls this. */
  void runAll() {
    for (var letter = letters.poll(); letter != null; letter = letters.poll()) {
      letter.run();
    }
  }
}
