package io.kafkafetch.events;

import java.util.ConcurrentModificationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one thread in at a time, as often as it likes, and tells any other who is inside. What Kafka
 * fails at inside is logged and thrown.
 */
final class SingleThread {
  private record Owner(Thread thread, String call) {}

  private static final Logger LOG = LoggerFactory.getLogger(TypedConsumer.class);

  private final AtomicReference<@Nullable Owner> owner = new AtomicReference<>();

  // Set and read by the owner alone.
  private int depth;
  private boolean closed;

  /**
   * Runs a call inside.
   *
   * @throws ConcurrentModificationException if another thread is inside
   * @throws IllegalStateException if it is closed
   */
  void run(String call, Runnable body) {
    answer(
        call,
        () -> {
          body.run();
          return true;
        });
  }

  /** Runs a call inside, and answers what it answers. */
  <R> R answer(String call, Supplier<R> body) {
    enter(call);
    try {
      if (closed) {
        throw new IllegalStateException("This consumer is closed");
      }
      return logged(call, body);
    } finally {
      leave();
    }
  }

  /** Runs the last call, the first time; later ones do nothing. */
  void close(String call, Runnable body) {
    enter(call);
    try {
      if (!closed) {
        closed = true;
        logged(
            call,
            () -> {
              body.run();
              return true;
            });
      }
    } finally {
      leave();
    }
  }

  static <R> R logged(String call, Supplier<R> body) {
    try {
      return body.get();
    } catch (KafkaException e) {
      LOG.error("{} failed", call, e);
      throw e;
    }
  }

  /** Whether the calling thread is inside. */
  boolean isCurrent() {
    var inside = owner.get();
    return inside != null && inside.thread().equals(Thread.currentThread());
  }

  private void enter(String call) {
    var inside = owner.get();
    if (inside == null || !inside.thread().equals(Thread.currentThread())) {
      inside = owner.compareAndExchange(null, new Owner(Thread.currentThread(), call));
      if (inside != null) {
        throw new ConcurrentModificationException(
            "%s on thread \"%s\" while thread \"%s\" is in %s: a consumer serves one thread at a time; others may only call stop(), isStopped() and counts()"
                .formatted(
                    call,
                    Thread.currentThread().getName(),
                    inside.thread().getName(),
                    inside.call()));
      }
    }
    depth++;
  }

  private void leave() {
    depth--;
    if (depth == 0) {
      owner.set(null);
    }
  }
}
