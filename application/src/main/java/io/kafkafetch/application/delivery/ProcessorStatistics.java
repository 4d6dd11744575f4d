package io.kafkafetch.application.delivery;

import java.util.concurrent.atomic.LongAdder;

/** What one processor of a member has counted; written per batch by partition workers. */
final class ProcessorStatistics {
  final LongAdder delivered = new LongAdder();
  final LongAdder failed = new LongAdder();
  final LongAdder retried = new LongAdder();
  final LongAdder deadLettered = new LongAdder();
  final LongAdder batches = new LongAdder();
  final LongAdder busyNanos = new LongAdder();

  /** Goes on counting when this processor is swapped for another. */
  private final MemberCounts member;

  ProcessorStatistics(MemberCounts member) {
    this.member = member;
  }

  void failed() {
    failed.increment();
    member.failed.increment();
  }

  void retried() {
    retried.increment();
    member.retried.increment();
  }

  void deadLettered() {
    deadLettered.increment();
    member.deadLettered.increment();
  }
}
