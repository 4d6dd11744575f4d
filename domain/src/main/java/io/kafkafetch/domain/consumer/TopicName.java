package io.kafkafetch.domain.consumer;

import java.util.Optional;
import java.util.regex.Pattern;

/** The name of a topic, by Kafka's own rules. */
public record TopicName(String value) {
  private static final int MAX_LENGTH = 249;
  private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]{1," + MAX_LENGTH + "}");

  public TopicName {
    violation(value)
        .ifPresent(message -> {
          throw new IllegalArgumentException("A topic name " + message);
        });
  }

  /** What is wrong with a name; empty when nothing is. */
  public static Optional<String> violation(String name) {
    boolean legal = LEGAL.matcher(name).matches() && !name.equals(".") && !name.equals("..");
    return legal
        ? Optional.empty()
        : Optional.of(
            "must be 1 to "
                + MAX_LENGTH
                + " characters of letters, digits, '.', '_' and '-', and not '.' or '..'");
  }

  @Override
  public String toString() {
    return value;
  }
}
