package io.kafkafetch.application.driving;

import io.kafkafetch.domain.processor.Violation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a caller asks of a poll, of the right JSON types but otherwise unchecked; what is absent
 * takes its default.
 *
 * @param timeoutMs how long to wait for a record
 * @param maxBytes of keys and values together
 * @param token the {@code next_token} of an earlier answer
 * @param misread what could not be read, each with what is accepted: nothing is done, and it is
 *     said together with what is wrong with the rest
 */
public record ConsumeDraft(
    OptionalLong maxRecords,
    OptionalLong timeoutMs,
    OptionalLong maxBytes,
    Optional<String> token,
    List<Violation> misread) {
  public ConsumeDraft {
    misread = List.copyOf(misread);
  }

  /** A poll of which everything could be read. */
  public ConsumeDraft(
      OptionalLong maxRecords,
      OptionalLong timeoutMs,
      OptionalLong maxBytes,
      Optional<String> token) {
    this(maxRecords, timeoutMs, maxBytes, token, List.of());
  }

  /** A poll that leaves everything to the defaults. */
  public static ConsumeDraft defaults() {
    return new ConsumeDraft(
        OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), Optional.empty());
  }
}
