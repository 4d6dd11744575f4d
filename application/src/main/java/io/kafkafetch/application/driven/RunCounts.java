package io.kafkafetch.application.driven;

/**
 * What a run has counted since it was launched.
 *
 * @param processed records that every processor has dealt with, dead-lettered ones included
 * @param processedBytes their keys and values
 * @param failed records that a processor refused, each refusal once
 * @param retried tries after the first, in batches
 * @param batches batches that every processor has
 * @param batchMillis time from handing a batch over until every processor had it, in all
 */
public record RunCounts(
    long recordsConsumed,
    long bytesConsumed,
    long processed,
    long processedBytes,
    long failed,
    long retried,
    long deadLettered,
    long commits,
    long rebalances,
    long batches,
    long batchMillis) {
  /** Nothing counted yet. */
  public static final RunCounts ZERO = new RunCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Without batches and processed bytes. */
  public RunCounts(
      long recordsConsumed,
      long bytesConsumed,
      long processed,
      long failed,
      long retried,
      long deadLettered,
      long commits,
      long rebalances) {
    this(
        recordsConsumed,
        bytesConsumed,
        processed,
        0,
        failed,
        retried,
        deadLettered,
        commits,
        rebalances,
        0,
        0);
  }

  /** Both together. */
  public RunCounts plus(RunCounts other) {
    return new RunCounts(
        recordsConsumed + other.recordsConsumed,
        bytesConsumed + other.bytesConsumed,
        processed + other.processed,
        processedBytes + other.processedBytes,
        failed + other.failed,
        retried + other.retried,
        deadLettered + other.deadLettered,
        commits + other.commits,
        rebalances + other.rebalances,
        batches + other.batches,
        batchMillis + other.batchMillis);
  }
}
