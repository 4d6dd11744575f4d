package io.kafkafetch.domain.consumer;

import java.time.Duration;

/**
 * How records are handed to processors, retried and committed.
 *
 * @param maxBatchRecords no batch has more records, at least 1
 * @param maxBatchBytes no batch of more than one record has more bytes, at least 1
 * @param linger how long a batch that is not full may wait for more; zero for not at all
 * @param commitInterval how often what was delivered is committed
 */
public record DeliveryPolicy(
    int maxBatchRecords,
    long maxBatchBytes,
    Duration linger,
    Duration commitInterval,
    RetryPolicy retry,
    DeadLetterPolicy deadLetter) {
  /**
   * 5,000 records or 1 MiB, no linger, committed every second. A batch is a transaction of a
   * database sink, and the more share it, the less of it each record costs (ADR 0140).
   */
  public static final DeliveryPolicy DEFAULT =
      new DeliveryPolicy(
          5_000,
          1 << 20,
          Duration.ZERO,
          Duration.ofSeconds(1),
          RetryPolicy.DEFAULT,
          DeadLetterPolicy.DEFAULT);

  public DeliveryPolicy {
    if (maxBatchRecords < 1 || maxBatchBytes < 1) {
      throw new IllegalArgumentException("A batch has room for at least one record and one byte");
    }
    if (linger.isNegative() || commitInterval.isNegative() || commitInterval.isZero()) {
      throw new IllegalArgumentException(
          "Linger is not negative and the commit interval is more than zero");
    }
  }
}
