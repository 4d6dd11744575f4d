package io.kafkafetch.application.sessions;

import io.kafkafetch.application.driving.Refusal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what a reader answers. On a virtual thread that costs no platform thread. */
final class Waiting {
  /** Readers bound every command themselves; this is for one that broke. */
  private static final Duration SLACK = Duration.ofSeconds(30);

  private Waiting() {}

  static <T> T get(CompletableFuture<T> answer) {
    return get(answer, Duration.ZERO);
  }

  static <T> T get(CompletableFuture<T> answer, Duration wait) {
    try {
      return answer.get(wait.plus(SLACK).toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw unwrapped(e);
    } catch (TimeoutException e) {
      throw new Refusal.TimedOut("Kafka did not answer in time; the outcome is unknown.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal.Unavailable("The server is about to stop.", Duration.ofSeconds(1));
    }
  }

  private static RuntimeException unwrapped(ExecutionException failure) {
    return failure.getCause() instanceof RuntimeException cause
        ? cause
        : new IllegalStateException("A session's reader failed", failure);
  }
}
