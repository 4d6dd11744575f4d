package io.kafkafetch.application.driven;

import io.kafkafetch.domain.consumer.ConsumerId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which consumers to read, ordered by creation, then id.
 *
 * @param status a state's label
 * @param after only what comes after this place in the order
 * @param limit how many at most
 */
public record ConsumerQuery(
    Optional<String> status,
    Optional<String> topic,
    Optional<String> group,
    Optional<Place> after,
    OptionalInt limit) {
  /** A place in the order of consumers. */
  public record Place(Instant createdAt, ConsumerId id) {}

  /** Every consumer. */
  public static ConsumerQuery all() {
    return new ConsumerQuery(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty());
  }
}
