package io.kafkafetch.bootstrap.lifecycle;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers what was started, in order, and stops it in the opposite order: what was started last
 * is the outermost. Each stop has its own limit; one that exceeds it is left behind and said so, so
 * that the others get their turn.
 *
 * <p>One thread starts; any other may stop, also in the middle of a start.
 */
public final class Lifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

  /** How long a step that is starting may take to notice that it shall not. */
  private static final Duration ABORT_LIMIT = Duration.ofSeconds(3);

  private final Thread starter = Thread.currentThread();
  private final Deque<Part> parts = new ArrayDeque<>();
  private final CountDownLatch stopped = new CountDownLatch(1);

  /** Guarded by this object's monitor, as is {@link #parts}. */
  private boolean starting = true;

  private boolean stopping;

  private record Part(String name, Duration stopLimit, AutoCloseable stop) {}

  /** The calling thread is the one that starts. */
  public Lifecycle() {}

  /**
   * Starts one part and remembers how to stop it.
   *
   * @param name what the log calls it
   * @param stopLimit how long it may take to stop
   * @param start opens it
   * @throws StartFailure when the server was told to stop meanwhile
   */
  public <T extends AutoCloseable> T start(String name, Duration stopLimit, Supplier<T> start) {
    failWhenStopping();
    long began = System.nanoTime();
    var part = start.get();
    synchronized (this) {
      parts.push(new Part(name, stopLimit, part));
    }
    LOG.debug("Started {} in {} ms", name, millisSince(began));
    failWhenStopping();
    return part;
  }

  /** Everything is started; from now on a stop need not wait for the starting thread. */
  public synchronized void started() {
    starting = false;
    notifyAll();
  }

  /** Whether a stop was asked for. */
  public synchronized boolean isStopping() {
    return stopping;
  }

  /** Returns when everything is stopped. */
  public void awaitStop() {
    boolean interrupted = false;
    while (stopped.getCount() > 0) {
      try {
        stopped.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Stops everything, from the outside in, and returns when that is done; further calls wait for
   * the first. Never throws.
   */
  public void stop() {
    if (!beginStop()) {
      awaitStop();
      return;
    }
    try {
      long began = System.nanoTime();
      for (var part = outermost(); part != null; part = outermost()) {
        stop(part);
      }
      LOG.info("Stopped in {} ms", millisSince(began));
    } finally {
      stopped.countDown();
    }
  }

  private synchronized boolean beginStop() {
    if (stopping) {
      return false;
    }
    stopping = true;
    if (starting && !Thread.currentThread().equals(starter)) {
      starter.interrupt();
      awaitStarter();
    }
    return true;
  }

  /** The starting thread tells by {@link #started()} that it starts nothing more. */
  private void awaitStarter() {
    long deadline = System.nanoTime() + ABORT_LIMIT.toNanos();
    try {
      for (long left = ABORT_LIMIT.toNanos();
          starting && left > 0;
          left = deadline - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (starting) {
      LOG.warn("The start goes on after {} s although it shall stop", ABORT_LIMIT.toSeconds());
    }
  }

  private synchronized @org.jspecify.annotations.Nullable Part outermost() {
    return parts.poll();
  }

  private static void stop(Part part) {
    long began = System.nanoTime();
    LOG.info("Stopping {}", part.name());
    var thread = Thread.ofPlatform().daemon().name("stop " + part.name()).start(() -> close(part));
    try {
      if (thread.join(part.stopLimit())) {
        LOG.debug("Stopped {} in {} ms", part.name(), millisSince(began));
      } else {
        LOG.warn(
            "{} did not stop within {} ms, going on without",
            part.name(),
            part.stopLimit().toMillis());
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      // A stop is bounded anyway; leaving the rest running would be worse than a late interrupt.
      Thread.currentThread().interrupt();
    }
  }

  private static void close(Part part) {
    try {
      part.stop().close();
    } catch (Exception e) {
      LOG.warn("{} did not stop well: {}", part.name(), e.toString(), e);
    }
  }

  private void failWhenStopping() {
    if (isStopping()) {
      throw new StartFailure("The server was told to stop while it was starting");
    }
  }

  private static long millisSince(long began) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
  }
}
