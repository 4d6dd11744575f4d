package io.kafkafetch.domain.consumer;

import java.util.Optional;

/** The name of a topic, by Kafka's own rules. */
public record TopicName(String value) {
  private static final int MAX_LENGTH = 249;

  public TopicName {
    violation(value)
        .ifPresent(message -> {
          throw new IllegalArgumentException("A topic name " + message);
        });
  }

  /** What is wrong with a name; empty when nothing is. */
  public static Optional<String> violation(String name) {
    return isLegal(name)
        ? Optional.empty()
        : Optional.of(
            "must be 1 to "
                + MAX_LENGTH
                + " characters of letters, digits, '.', '_' and '-', and not '.' or '..'");
  }

  /** By hand: it is asked for every record that is produced. */
  private static boolean isLegal(String name) {
    for (int i = 0; i < name.length(); i++) {
      char sign = name.charAt(i);
      boolean legal =
          (sign >= 'a' && sign <= 'z')
              || (sign >= 'A' && sign <= 'Z')
              || (sign >= '0' && sign <= '9')
              || sign == '.'
              || sign == '_'
              || sign == '-';
      if (!legal) {
        return false;
      }
    }
    return !name.isEmpty()
        && name.length() <= MAX_LENGTH
        && !name.equals(".")
        && !name.equals("..");
  }

  @Override
  public String toString() {
    return value;
  }
}
