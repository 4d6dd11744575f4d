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

  /** What its kind counts on this server. */
  private final SinkCounts sinks;

  ProcessorStatistics(MemberCounts member, SinkCounts sinks) {
    this.member = member;
    this.sinks = sinks;
  }

  void delivered(int records) {
    delivered.add(records);
    sinks.delivered.add(records);
  }

  void called(long nanos) {
    busyNanos.add(nanos);
    batches.increment();
    sinks.calls().record(nanos);
  }

  void failed() {
    failed.increment();
    member.failed.increment();
    sinks.failed.increment();
  }

  void retried() {
    retried.increment();
    member.retried.increment();
    sinks.retried.increment();
  }

  void deadLettered() {
    deadLettered.increment();
    member.deadLettered.increment();
    sinks.deadLettered.increment();
  }
}
