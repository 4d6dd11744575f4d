package io.kafkafetch.domain.consumer;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The identity of a managed consumer; not to be confused with Kafka's member or client id. */
public record ConsumerId(UUID value) implements Comparable<ConsumerId> {
  private static final Pattern CANONICAL =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  /** The id in its canonical form; empty for anything else, since nothing can have such an id. */
  public static Optional<ConsumerId> parse(String text) {
    return CANONICAL.matcher(text).matches()
        ? Optional.of(new ConsumerId(UUID.fromString(text)))
        : Optional.empty();
  }

  @Override
  public int compareTo(ConsumerId other) {
    return value.toString().compareTo(other.value.toString());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
