package io.kafkafetch.application.delivery;

import io.kafkafetch.domain.consumer.RetryPolicy;
import io.kafkafetch.domain.consumer.Trouble;
import io.kafkafetch.domain.processor.Cause;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How often a processor has failed in a row in one partition, and when it is tried again. Owned by
 * the partition's worker; only {@link #trouble()} is read by others.
 */
final class Retries {
  /** Failed tries in a row; any record that gets through sets it back, unless a flush failed. */
  private int failures;

  private Instant retryAt = Instant.MIN;

  /** Whether the next delivery is another try. */
  private boolean retrying;

  /** Whether the last flush failed. Taking records again proves nothing then: only a flush does. */
  private boolean flushFails;

  /** Why there is no further try, once a flush has said so. */
  private @Nullable Cause halt;

  /** Read by whoever asks for a report. */
  private volatile @Nullable Trouble trouble;

  Optional<Trouble> trouble() {
    return Optional.ofNullable(trouble);
  }

  int failures() {
    return failures;
  }

  /** Why nothing is tried now, when that is so. */
  Optional<Advance> hindrance(Instant now) {
    if (halt != null) {
      return Optional.of(new Advance.Halted(halt));
    }
    return now.isBefore(retryAt) ? Optional.of(new Advance.Waiting(retryAt)) : Optional.empty();
  }

  /** Whether this try is one after a failure; asked once for each try. */
  boolean begin() {
    boolean again = retrying;
    retrying = false;
    return again;
  }

  /** Some records got through. */
  void taken() {
    if (!flushFails) {
      failures = 0;
    }
  }

  /** Everything got through. */
  void succeeded() {
    if (!flushFails) {
      failures = 0;
      retryAt = Instant.MIN;
      trouble = null;
    }
  }

  /** What got through is durable. */
  void flushed(Instant now) {
    if (flushFails) {
      flushFails = false;
      // One that waits has failed to deliver since, which this says nothing about.
      if (!now.isBefore(retryAt)) {
        succeeded();
      }
    }
  }

  /** A try failed for a cause that may pass. */
  Advance failed(Cause.Transient cause, RetryPolicy policy, Instant now, double chance) {
    failures++;
    retrying = true;
    if (policy.exhaustedAfter(failures)) {
      trouble = new Trouble(cause.reason(), since(now), failures, Optional.empty());
      return new Advance.Halted(cause);
    }
    var wait = policy.backoff(failures, chance);
    var asked = cause.retryAfter().orElse(wait);
    retryAt = now.plus(asked.compareTo(wait) > 0 ? asked : wait);
    trouble = new Trouble(cause.reason(), since(now), failures, Optional.of(retryAt));
    return new Advance.Waiting(retryAt);
  }

  /** A try failed for a cause that will not pass. */
  Advance halted(Cause cause, Instant now) {
    trouble = new Trouble(cause.reason(), since(now), failures + 1, Optional.empty());
    return new Advance.Halted(cause);
  }

  /** What was taken is lost, and comes again. */
  void flushFailed(Cause cause, RetryPolicy policy, Instant now, double chance) {
    flushFails = true;
    var next =
        switch (cause) {
          case Cause.Transient later -> failed(later, policy, now, chance);
          // A sink that cannot say which record it means leaves nothing to dead-letter.
          case Cause.Fatal _, Cause.Poison _ -> halted(new Cause.Fatal(cause.reason()), now);
        };
    if (next instanceof Advance.Halted halted) {
      halt = halted.cause();
    }
  }

  private Instant since(Instant now) {
    return trouble().map(Trouble::since).orElse(now);
  }
}
