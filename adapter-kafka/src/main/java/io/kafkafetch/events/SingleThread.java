package io.kafkafetch.events;

import java.util.ConcurrentModificationException;
import java.util.concurrent.atomic.AtomicReference;

/** Lets one thread in at a time, as often as it likes, and tells any other who is inside. */
final class SingleThread {
  private record Owner(Thread thread, String call) {}

  private final AtomicReference<@org.jspecify.annotations.Nullable Owner> owner =
      new AtomicReference<>();

  /** Set and read by the owner alone. */
  private int depth;

  /** The right to be inside; closing it leaves. */
  interface Entry extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Enters.
   *
   * @throws ConcurrentModificationException if another thread is inside
   */
  Entry enter(String call) {
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
    return this::leave;
  }

  private void leave() {
    depth--;
    if (depth == 0) {
      owner.set(null);
    }
  }
}
