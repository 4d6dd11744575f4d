package io.kafkafetch.application.producing;

import io.kafkafetch.application.driving.IdempotencyKey;
import io.kafkafetch.application.driving.Receipt;
import io.kafkafetch.application.driving.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What was sent under which key, for a while. Bounded in keys and in results; when it is full, new
 * keys are refused, since forgetting an old one could write its records twice. Safe for any thread.
 */
final class RememberedSends {
  private static final Duration KEPT = Duration.ofMinutes(10);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

  /** A key and its entry take some 500 bytes. */
  private static final int MOST_KEYS = 20_000;

  /** Each takes some 100 bytes. */
  private static final int MOST_RESULTS = 200_000;

  private final InstantSource clock;

  /** These three are guarded by this object. */
  private final Map<String, Entry> entries = new HashMap<>();

  /** Those with an outcome, the oldest first. */
  private final ArrayDeque<Settled> settled = new ArrayDeque<>();

  private int results;

  /** One key's request: first being sent, then answered. */
  private record Entry(
      IdempotencyKey key, int records, CompletableFuture<List<CompletableFuture<Receipt>>> sent) {}

  private record Settled(Entry entry, Instant until) {}

  RememberedSends(InstantSource clock) {
    this.clock = clock;
  }

  List<CompletableFuture<Receipt>> once(
      IdempotencyKey key, int records, Supplier<List<CompletableFuture<Receipt>>> send) {
    var mine = new Entry(key, records, new CompletableFuture<>());
    var first = enter(mine);
    if (first != null) {
      return join(first);
    }
    try {
      var receipts = send.get();
      mine.sent().complete(receipts);
      var _ =
          CompletableFuture.allOf(receipts.toArray(CompletableFuture[]::new))
              .whenComplete((_, _) -> settle(mine, receipts));
      return receipts;
    } catch (RuntimeException refusal) {
      // Thrown before anything was sent.
      forget(mine);
      mine.sent().completeExceptionally(refusal);
      throw refusal;
    }
  }

  private synchronized @Nullable Entry enter(Entry entry) {
    forgetOld();
    var known = entries.get(entry.key().value());
    if (known != null) {
      if (!known.key().equals(entry.key())) {
        throw new Refusal.Conflict(
            "This Idempotency-Key was used for another request within the last "
                + KEPT.toMinutes()
                + " minutes");
      }
      return known;
    }
    if (entries.size() == MOST_KEYS || results + entry.records() > MOST_RESULTS) {
      throw new Refusal.TooMany(
          "As many requests with an Idempotency-Key are remembered as there is room for",
          RETRY_AFTER);
    }
    entries.put(entry.key().value(), entry);
    results += entry.records();
    return null;
  }

  private static List<CompletableFuture<Receipt>> join(Entry first) {
    try {
      return first.sent().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException refusal) {
        throw refusal;
      }
      throw e;
    }
  }

  private void settle(Entry entry, List<CompletableFuture<Receipt>> receipts) {
    if (receipts.stream().allMatch(RememberedSends::wroteNothing)) {
      forget(entry);
      return;
    }
    synchronized (this) {
      settled.add(new Settled(entry, clock.instant().plus(KEPT)));
    }
  }

  private static boolean wroteNothing(CompletableFuture<Receipt> receipt) {
    return receipt.isCompletedExceptionally()
        && receipt.exceptionNow() instanceof Refusal refusal
        && !(refusal instanceof Refusal.TimedOut);
  }

  private synchronized void forget(Entry entry) {
    if (entries.remove(entry.key().value(), entry)) {
      results -= entry.records();
    }
  }

  private void forgetOld() {
    var now = clock.instant();
    while (!settled.isEmpty() && !settled.getFirst().until().isAfter(now)) {
      forget(settled.removeFirst().entry());
    }
  }
}
