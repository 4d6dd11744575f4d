package io.kafkafetch.adapter.processors.http;

import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * A moment after which nothing is waited for. Measured by the monotonic clock, as socket timeouts
 * are: what it bounds is a wait, and no record carries it.
 */
record Deadline(long nanos) {
  /** That far from now. */
  static Deadline in(Duration timeout) {
    return new Deadline(System.nanoTime() + timeout.toNanos());
  }

  /** Whether it has passed. */
  boolean passed() {
    return System.nanoTime() - nanos >= 0;
  }

  /**
   * The time that is left, more than zero.
   *
   * @throws SocketTimeoutException when none is
   */
  long nanosLeft() throws SocketTimeoutException {
    long left = nanos - System.nanoTime();
    if (left <= 0) {
      throw new SocketTimeoutException("No time is left");
    }
    return left;
  }

  /** The same in milliseconds, rounded up, for APIs where zero means for ever. */
  int millisLeft() throws SocketTimeoutException {
    return (int) Math.min(Integer.MAX_VALUE, (nanosLeft() + 999_999) / 1_000_000);
  }
}
