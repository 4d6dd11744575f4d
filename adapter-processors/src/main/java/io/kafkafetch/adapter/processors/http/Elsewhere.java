package io.kafkafetch.adapter.processors.http;

import io.kafkafetch.domain.processor.Cause;
import java.nio.channels.Selector;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends units by virtual threads that may wait, for one thread that waits at a selector alone. All
 * methods are called by that thread.
 */
final class Elsewhere {
  private final Selector selector;
  private final LinkedBlockingQueue<Finished> finished = new LinkedBlockingQueue<>();
  private int underWay;

  /**
   * What became of a unit.
   *
   * @param defect why nobody knows what became of it
   */
  record Finished(int unit, Optional<Cause> cause, @Nullable Throwable defect) {}

  Elsewhere(Selector selector) {
    this.selector = selector;
  }

  /** Sends a unit so, and wakes the selector once it is done. */
  void send(int unit, Supplier<Optional<Cause>> how) {
    Thread.ofVirtual()
        .name("forward-" + unit)
        .start(() -> {
          finished.add(outcome(unit, how));
          selector.wakeup();
        });
    underWay++;
  }

  private static Finished outcome(int unit, Supplier<Optional<Cause>> how) {
    try {
      return new Finished(unit, how.get(), null);
    } catch (RuntimeException | Error e) {
      // Thrown again by the thread that waits.
      return new Finished(unit, Optional.empty(), e);
    }
  }

  /** Passes on what is done by now. */
  void takeFinished(Consumer<Finished> taker) {
    for (var done = finished.poll(); done != null; done = finished.poll()) {
      underWay--;
      taker.accept(done);
    }
  }

  /** Waits for all of them; whether this thread was interrupted meanwhile. */
  boolean awaitAll(Consumer<Finished> taker) {
    boolean interrupted = false;
    while (underWay > 0) {
      try {
        var done = finished.take();
        underWay--;
        taker.accept(done);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    return interrupted;
  }
}
