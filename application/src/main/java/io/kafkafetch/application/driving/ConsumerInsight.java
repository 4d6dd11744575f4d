package io.kafkafetch.application.driving;

import io.kafkafetch.domain.consumer.Trouble;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.LongBinaryOperator;

/** How consumers get on, as all servers together see it. */
public interface ConsumerInsight {
  /**
   * What a consumer has done.
   *
   * @throws Refusal.NotFound when there is no such consumer
   */
  Metrics metrics(String id);

  /**
   * How a consumer and each of its processors are.
   *
   * @throws Refusal.NotFound when there is no such consumer
   */
  Health health(String id);

  /**
   * What was counted, summed over servers, by members of this consumer; on each server since it was
   * started.
   *
   * @param processedBytes keys and values of those records
   * @param failed refusals by processors, of whatever kind
   * @param retried tries after a transient refusal
   * @param batchMillis time until every processor had a batch, in all
   */
  record Counts(
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
    public static final Counts ZERO = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Both together. */
    public Counts plus(Counts other) {
      return combined(other, Long::sum);
    }

    /** What was counted after {@code earlier}; nothing where counting began anew. */
    public Counts since(Counts earlier) {
      return combined(earlier, (now, before) -> Math.max(0, now - before));
    }

    private Counts combined(Counts other, LongBinaryOperator how) {
      return new Counts(
          how.applyAsLong(recordsConsumed, other.recordsConsumed),
          how.applyAsLong(bytesConsumed, other.bytesConsumed),
          how.applyAsLong(processed, other.processed),
          how.applyAsLong(processedBytes, other.processedBytes),
          how.applyAsLong(failed, other.failed),
          how.applyAsLong(retried, other.retried),
          how.applyAsLong(deadLettered, other.deadLettered),
          how.applyAsLong(commits, other.commits),
          how.applyAsLong(rebalances, other.rebalances),
          how.applyAsLong(batches, other.batches),
          how.applyAsLong(batchMillis, other.batchMillis));
    }
  }

  /**
   * What a consumer has done.
   *
   * @param recordsPerSecond over the last minute
   * @param bytesPerSecond over the last minute
   * @param lag by partition, in order
   */
  record Metrics(
      Counts counts,
      double recordsPerSecond,
      double bytesPerSecond,
      Optional<Instant> lastPollAt,
      Optional<Instant> lastCommitAt,
      Optional<Instant> lastProgressAt,
      List<Lag> lag) {}

  /**
   * How far behind a consumer is in one partition that is assigned to it.
   *
   * @param lag empty until a fetch has told
   */
  record Lag(String topic, int partition, OptionalLong lag) {}

  /** How something is. */
  enum Wellness {
    /** It gets on, or is not meant to run. */
    HEALTHY,
    /** It gets on, but something is being retried or is not as it should be. */
    DEGRADED,
    /** It does not get on. */
    FAILED
  }

  /**
   * How a consumer is.
   *
   * @param trouble what is not well, when something is
   */
  record Health(
      ConsumerView consumer,
      Wellness wellness,
      Optional<Trouble> trouble,
      List<ProcessorHealth> processors) {}

  /**
   * How one processor is.
   *
   * @param delivered records that it took
   * @param batches calls to it that took records
   * @param busyMillis time spent in those calls
   */
  record ProcessorHealth(
      UUID id,
      String type,
      Wellness wellness,
      Optional<Trouble> trouble,
      long delivered,
      long failed,
      long retried,
      long deadLettered,
      long batches,
      long busyMillis) {}
}
