package io.kafkafetch.application.delivery;

import java.util.concurrent.atomic.LongAdder;

/** What a member has counted over all processors that it ever had; never goes back. */
final class MemberCounts {
  final LongAdder processed = new LongAdder();
  final LongAdder processedBytes = new LongAdder();
  final LongAdder failed = new LongAdder();
  final LongAdder retried = new LongAdder();
  final LongAdder deadLettered = new LongAdder();
  final LongAdder batches = new LongAdder();
  final LongAdder batchNanos = new LongAdder();
}
