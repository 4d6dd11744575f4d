package io.kafkafetch.application.driving;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which consumers a list shows, oldest first.
 *
 * @param status {@code ACTIVE}, {@code INACTIVE} or {@code ERROR}
 * @param limit how many at most; empty for all
 * @param cursor where the page before ended, as it said
 */
public record ConsumerFilter(
    Optional<String> status,
    Optional<String> topic,
    Optional<String> group,
    OptionalInt limit,
    Optional<String> cursor) {
  /** Every consumer. */
  public static ConsumerFilter all() {
    return new ConsumerFilter(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty());
  }
}
