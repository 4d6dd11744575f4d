package io.kafkafetch.application.driven;

import io.kafkafetch.domain.consumer.Trouble;
import java.util.Optional;
import java.util.UUID;

/**
 * One processor of a run as its server sees it.
 *
 * @param trouble what is not well with it, when something is
 * @param delivered records that it took
 * @param failed refusals, of whatever kind
 * @param retried tries after a transient refusal
 * @param deadLettered records that it will never take
 * @param batches calls to it that took records
 * @param busyMillis time spent in those calls
 */
public record ProcessorReport(
    UUID id,
    String type,
    Optional<Trouble> trouble,
    long delivered,
    long failed,
    long retried,
    long deadLettered,
    long batches,
    long busyMillis) {
  /** Both together: the same processor in two members. */
  public ProcessorReport plus(ProcessorReport other) {
    return new ProcessorReport(
        id,
        type,
        trouble.or(other::trouble),
        delivered + other.delivered,
        failed + other.failed,
        retried + other.retried,
        deadLettered + other.deadLettered,
        batches + other.batches,
        busyMillis + other.busyMillis);
  }
}
