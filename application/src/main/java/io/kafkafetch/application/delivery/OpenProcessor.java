package io.kafkafetch.application.delivery;

import io.kafkafetch.application.driven.ProcessorReport;
import io.kafkafetch.domain.consumer.ProcessorSpec;
import io.kafkafetch.domain.consumer.Trouble;
import io.kafkafetch.domain.processor.Processor;
import java.util.Optional;

/**
 * A processor that a member has open, shared by the member's partitions. It is closed when the
 * member no longer wants it and the last partition has let go.
 */
final class OpenProcessor {
  private final ProcessorSpec spec;
  private final Processor processor;
  final ProcessorStatistics statistics;

  /** How many hold it: the member's wiring, and each channel. Guarded by {@code this}. */
  private int holders = 1;

  OpenProcessor(ProcessorSpec spec, Processor processor, ProcessorStatistics statistics) {
    this.spec = spec;
    this.statistics = statistics;
    this.processor = processor;
  }

  ProcessorSpec spec() {
    return spec;
  }

  Processor processor() {
    return processor;
  }

  /** False when it is closed already, because it was swapped out meanwhile. */
  synchronized boolean hold() {
    if (holders == 0) {
      return false;
    }
    holders++;
    return true;
  }

  void release() {
    boolean last;
    synchronized (this) {
      last = --holders == 0;
    }
    if (last) {
      processor.close();
    }
  }

  ProcessorReport report(Optional<Trouble> trouble) {
    return new ProcessorReport(
        spec.id(),
        spec.type(),
        trouble,
        statistics.delivered.sum(),
        statistics.failed.sum(),
        statistics.retried.sum(),
        statistics.deadLettered.sum(),
        statistics.batches.sum(),
        statistics.busyNanos.sum() / 1_000_000);
  }
}
