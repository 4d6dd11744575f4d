package io.kafkafetch.application.driving;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a caller asks of a poll, of the right JSON types but otherwise unchecked; what is absent
 * takes its default.
 *
 * @param timeoutMs how long to wait for a record
 * @param maxBytes of keys and values together
 * @param token the {@code next_token} of an earlier answer
 */
public record ConsumeDraft(
    OptionalLong maxRecords,
    OptionalLong timeoutMs,
    OptionalLong maxBytes,
    Optional<String> token) {
  /** A poll that leaves everything to the defaults. */
  public static ConsumeDraft defaults() {
    return new ConsumeDraft(
        OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), Optional.empty());
  }
}
