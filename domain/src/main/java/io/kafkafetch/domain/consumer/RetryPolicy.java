package io.kafkafetch.domain.consumer;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * How transient trouble is retried: exponential backoff with jitter.
 *
 * @param initial the first wait, more than zero
 * @param max no wait is longer, at least {@code initial}
 * @param jitter how much of a wait is left to chance, 0 to 1
 * @param attempts how many tries in all before the consumer turns ERROR; empty for endless
 */
public record RetryPolicy(Duration initial, Duration max, double jitter, OptionalInt attempts) {
  /** 200 ms to 30 s, a fifth of it chance, endless. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(Duration.ofMillis(200), Duration.ofSeconds(30), 0.2, OptionalInt.empty());

  public RetryPolicy {
    if (initial.isNegative() || initial.isZero() || max.compareTo(initial) < 0) {
      throw new IllegalArgumentException("Waits are more than zero and max is at least initial");
    }
    if (!(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException("Jitter is between 0 and 1");
    }
    if (attempts.isPresent() && attempts.getAsInt() < 1) {
      throw new IllegalArgumentException("Attempts are at least 1");
    }
  }

  /**
   * The wait after a failed try.
   *
   * @param failures how many tries failed so far, from 1
   * @param chance a number from 0 (inclusive) to 1 (exclusive), drawn anew each time
   */
  public Duration backoff(int failures, double chance) {
    int doublings = Math.min(Math.max(failures - 1, 0), 40);
    double base =
        Math.min((double) initial.toNanos() * Math.pow(2, doublings), (double) max.toNanos());
    double spread = base * jitter;
    return Duration.ofNanos(
        (long) Math.min(base - spread + 2 * spread * chance, (double) max.toNanos()));
  }

  /** Whether no try is left after that many failed ones. */
  public boolean exhaustedAfter(int failures) {
    return attempts.isPresent() && failures >= attempts.getAsInt();
  }
}
