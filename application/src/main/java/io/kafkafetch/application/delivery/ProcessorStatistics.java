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
}
