package io.kafkafetch.domain.consumer;

import java.util.Optional;

/** The id of a Kafka consumer group. */
public record GroupId(String value) {
  private static final int MAX_LENGTH = 249;

  public GroupId {
    violation(value)
        .ifPresent(message -> {
          throw new IllegalArgumentException("A group id " + message);
        });
  }

  /**
   * What is wrong with an id; empty when nothing is. Kafka itself takes any text that is not empty;
   * we also refuse control characters and ids too long to name a dead-letter topic or a metric.
   */
  public static Optional<String> violation(String id) {
    boolean legal =
        !id.isBlank() && id.length() <= MAX_LENGTH && id.chars().noneMatch(Character::isISOControl);
    return legal
        ? Optional.empty()
        : Optional.of("must be 1 to " + MAX_LENGTH + " characters without control characters");
  }

  @Override
  public String toString() {
    return value;
  }
}
