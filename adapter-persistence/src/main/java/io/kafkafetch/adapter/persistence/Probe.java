package io.kafkafetch.adapter.persistence;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks a question that may take long, and waits for the answer only so long. Whoever asks meanwhile
 * waits for the same answer: however many ask, one question is under way.
 */
final class Probe {
  private final BooleanSupplier question;
  private final AtomicReference<@Nullable CompletableFuture<Boolean>> underWay =
      new AtomicReference<>();

  Probe(BooleanSupplier question) {
    this.question = question;
  }

  /** The answer; no when it does not come within that time. */
  boolean ask(Duration limit) {
    try {
      return answer().get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private CompletableFuture<Boolean> answer() {
    var own = new CompletableFuture<Boolean>();
    var other = underWay.compareAndExchange(null, own);
    if (other != null) {
      return other;
    }
    Thread.ofVirtual().name("storage-probe").start(() -> run(own));
    return own;
  }

  private void run(CompletableFuture<Boolean> answer) {
    boolean yes = false;
    try {
      yes = question.getAsBoolean();
    } finally {
      underWay.set(null);
      answer.complete(yes);
    }
  }
}
