package io.kafkafetch.application.driven;

import java.time.Duration;

/** A launched member of a consumer group. All methods may be called by any thread. */
public interface Member {
  /** How it is now; cheap. */
  MemberReport report();

  /** Applies a new delivery policy while it runs; processors are swapped through its delivery. */
  void apply(MemberSpec spec);

  /**
   * Asks it to stop: deliveries under way are finished (5 s at most), what was delivered is
   * committed, and it leaves its group. Returns at once; idempotent.
   */
  void retire();

  /** Waits until it has stopped and freed everything; false when it has not within that time. */
  boolean awaitRetired(Duration timeout) throws InterruptedException;
}
