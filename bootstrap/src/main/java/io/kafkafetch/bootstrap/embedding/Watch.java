package io.kafkafetch.bootstrap.embedding;

import io.kafkafetch.embedded.EmbeddedException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts an embedded server again when its process has ended though nobody stopped it. */
final class Watch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(5);

  private final String name;
  private final BooleanSupplier alive;
  private final Runnable restart;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  private Watch(String name, BooleanSupplier alive, Runnable restart) {
    this.name = name;
    this.alive = alive;
    this.restart = restart;
    this.thread = Thread.ofPlatform().daemon().name("watch " + name).unstarted(this::run);
  }

  static Watch over(String name, BooleanSupplier alive, Runnable restart) {
    var watch = new Watch(name, alive, restart);
    watch.thread.start();
    return watch;
  }

  private void run() {
    try {
      while (!closed.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        if (!alive.getAsBoolean()) {
          revive();
        }
      }
    } catch (InterruptedException e) {
      // Closed in the middle of a restart, which undoes itself when it is interrupted.
      Thread.currentThread().interrupt();
    }
  }

  private void revive() throws InterruptedException {
    LOG.error("{} has ended unexpectedly, starting it again", name);
    try {
      restart.run();
      LOG.info("{} runs again", name);
    } catch (EmbeddedException e) {
      LOG.error(
          "{}; trying again in {} s: {}",
          name + " does not start",
          BETWEEN_TRIES.toSeconds(),
          e.sentence());
      closed.await(BETWEEN_TRIES.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
