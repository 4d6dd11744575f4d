package io.kafkafetch.application.delivery;

import io.kafkafetch.domain.processor.Cause;

/**
 * What the partition worker does next, after it asked a {@link PartitionDelivery} for something.
 */
public sealed interface Step {
  /** Done: go on with what comes next. */
  record Done() implements Step {}

  /** The partition was given up from outside: nothing more is to be done with it. */
  record Abandoned() implements Step {}

  /**
   * What was delivered from here on was lost by a sink before it was durable: read again from this
   * offset. Batches already at hand are to be dropped.
   */
  record Rewind(long position) implements Step {}

  /** The consumer cannot go on: commit what is durable and stop the member. */
  record Halted(Cause cause) implements Step {}
}
