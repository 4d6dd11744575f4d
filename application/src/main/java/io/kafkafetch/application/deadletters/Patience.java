package io.kafkafetch.application.deadletters;

import io.kafkafetch.domain.consumer.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long a redrive tries again what may pass: by the consumer's retry policy, but not for ever,
 * since somebody waits for its end. Belongs to one thread.
 */
final class Patience {
  /** Nothing got through for so long: the redrive gives up. */
  static final Duration LIMIT = Duration.ofMinutes(5);

  private final RetryPolicy policy;
  private final InstantSource clock;
  private final DoubleSupplier chance;
  private int failures;
  private @Nullable Instant since;

  Patience(RetryPolicy policy, InstantSource clock, DoubleSupplier chance) {
    this.policy = policy;
    this.clock = clock;
    this.chance = chance;
  }

  /** Something got through. */
  void restore() {
    failures = 0;
    since = null;
  }

  /**
   * It failed once more.
   *
   * @param asked how long the other side wants to be left alone
   * @return how long to wait; empty when it is not to be tried again
   */
  Optional<Duration> failed(Optional<Duration> asked) {
    failures++;
    var now = clock.instant();
    if (since == null) {
      since = now;
    }
    if (policy.exhaustedAfter(failures)) {
      return Optional.empty();
    }
    var wait = policy.backoff(failures, chance.getAsDouble());
    var longer = asked.filter(it -> it.compareTo(wait) > 0).orElse(wait);
    return now.plus(longer).isAfter(since.plus(LIMIT)) ? Optional.empty() : Optional.of(longer);
  }
}
