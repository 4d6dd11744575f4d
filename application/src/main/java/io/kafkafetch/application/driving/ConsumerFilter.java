package io.kafkafetch.application.driving;

import io.kafkafetch.domain.processor.Violation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which consumers a list shows, oldest first.
 *
 * @param status {@code ACTIVE}, {@code INACTIVE} or {@code ERROR}
 * @param limit how many at most; empty for all
 * @param cursor where the page before ended, as it said
 * @param misread what could not be read, each with what is accepted; it is said together with what
 *     is wrong with the rest
 */
public record ConsumerFilter(
    Optional<String> status,
    Optional<String> topic,
    Optional<String> group,
    OptionalInt limit,
    Optional<String> cursor,
    List<Violation> misread) {
  public ConsumerFilter {
    misread = List.copyOf(misread);
  }

  /** A filter of which everything could be read. */
  public ConsumerFilter(
      Optional<String> status,
      Optional<String> topic,
      Optional<String> group,
      OptionalInt limit,
      Optional<String> cursor) {
    this(status, topic, group, limit, cursor, List.of());
  }

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
