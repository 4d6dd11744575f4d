package io.kafkafetch.events;

import java.time.Duration;

/** A moment to wait for, on a clock that nobody sets. */
final class Deadline {
  /** Far enough for any wait, near enough to add to any clock reading. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private final long start;
  private final long length;

  private Deadline(Duration length) {
    this.start = System.nanoTime();
    this.length = length.toNanos();
  }

  static Deadline in(Duration length) {
    return new Deadline(bounded(length));
  }

  static Deadline in(Duration length, Duration more) {
    return new Deadline(bounded(bounded(length).plus(bounded(more))));
  }

  private static Duration bounded(Duration length) {
    return length.compareTo(LONGEST) > 0 ? LONGEST : length;
  }

  boolean passed() {
    return System.nanoTime() - start >= length;
  }

  /** What is left of it, never negative. */
  Duration left() {
    return left(LONGEST);
  }

  /** What is left of it, at most {@code most} and never negative. */
  Duration left(Duration most) {
    var left = Duration.ofNanos(Math.max(0, length - (System.nanoTime() - start)));
    return left.compareTo(most) < 0 ? left : most;
  }
}
