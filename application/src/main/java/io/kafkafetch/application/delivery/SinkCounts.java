package io.kafkafetch.application.delivery;

import java.util.concurrent.atomic.LongAdder;

/** What all processors of one type have counted on this server; never goes back. */
public final class SinkCounts {
  final LongAdder delivered = new LongAdder();
  final LongAdder failed = new LongAdder();
  final LongAdder retried = new LongAdder();
  final LongAdder deadLettered = new LongAdder();
  private final LatencyHistogram calls = new LatencyHistogram();

  SinkCounts() {}

  /** Records that they took. */
  public long delivered() {
    return delivered.sum();
  }

  /** Refusals, of whatever kind. */
  public long failed() {
    return failed.sum();
  }

  /** Tries after a transient refusal. */
  public long retried() {
    return retried.sum();
  }

  /** Records that one of them will never take. */
  public long deadLettered() {
    return deadLettered.sum();
  }

  /** How long each call to deliver took. */
  public LatencyHistogram calls() {
    return calls;
  }
}
