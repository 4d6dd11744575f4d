package io.kafkafetch.domain.consumer;

import java.time.Instant;
import java.util.Optional;

/**
 * Why a consumer is in ERROR.
 *
 * @param reason a sentence for an operator, free of secrets
 * @param since when it began
 * @param attempts how often it was tried in vain, at least 1
 * @param nextRetryAt when it is tried again; empty when it waits for a person
 */
public record Failure(String reason, Instant since, int attempts, Optional<Instant> nextRetryAt) {
  /** A failure that only a person can end. */
  public static Failure fatal(String reason, Instant since) {
    return new Failure(reason, since, 1, Optional.empty());
  }

  /** A failure that will be probed. */
  public static Failure probedAt(String reason, Instant since, int attempts, Instant nextRetryAt) {
    return new Failure(reason, since, attempts, Optional.of(nextRetryAt));
  }

  /** Whether it waits for a person. */
  public boolean isFatal() {
    return nextRetryAt.isEmpty();
  }
}
