package io.kafkafetch.application.driving;

import io.kafkafetch.domain.processor.Violation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Which dead letters are to be redriven, and how. What is absent does not restrict.
 *
 * @param offsets offsets in the dead-letter topic
 * @param letterPartition the partition of the dead-letter topic; 0 where {@code offsets} are given
 *     without one
 * @param processor letters that this processor refused, by its id or its type
 * @param partition letters from this partition of the source
 * @param since letters given up at or after that time
 * @param until letters given up before that time
 * @param toProcessor the id of the processor to give them to, where the one that refused them is
 *     gone
 * @param ratePerSecond how many letters a second at most
 * @param maxAttempts letters that were given up so often are passed over, at least 1
 * @param misread what could not be read, each with what is accepted: nothing is done, and it is
 *     said together with what is wrong with the rest
 */
public record RedriveDraft(
    Optional<List<Long>> offsets,
    OptionalInt letterPartition,
    Optional<String> processor,
    OptionalInt partition,
    Optional<Instant> since,
    Optional<Instant> until,
    Optional<String> toProcessor,
    OptionalLong ratePerSecond,
    OptionalInt maxAttempts,
    List<Violation> misread) {
  public RedriveDraft {
    misread = List.copyOf(misread);
  }

  /** A choice of which everything could be read. */
  public RedriveDraft(
      Optional<List<Long>> offsets,
      OptionalInt letterPartition,
      Optional<String> processor,
      OptionalInt partition,
      Optional<Instant> since,
      Optional<Instant> until,
      Optional<String> toProcessor,
      OptionalLong ratePerSecond,
      OptionalInt maxAttempts) {
    this(
        offsets,
        letterPartition,
        processor,
        partition,
        since,
        until,
        toProcessor,
        ratePerSecond,
        maxAttempts,
        List.of());
  }

  /** All letters, as fast as it goes. */
  public static RedriveDraft all() {
    return new RedriveDraft(
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        OptionalInt.empty());
  }

  /** The same, of which that could not be read. */
  public RedriveDraft misreading(List<Violation> those) {
    return new RedriveDraft(
        offsets,
        letterPartition,
        processor,
        partition,
        since,
        until,
        toProcessor,
        ratePerSecond,
        maxAttempts,
        those);
  }
}
