package io.kafkafetch.domain.processor;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a configuration value may be. Each type checks a value and says in words what it accepts.
 */
public sealed interface FieldType {
  /** What is accepted, to follow "must be": {@code a whole number from 1 to 10}. */
  String accepted();

  /** Whether the value is of this type. */
  boolean accepts(Object value);

  /** What is wrong with the value; empty when nothing is. */
  default Optional<String> violation(Object value) {
    return accepts(value) ? Optional.empty() : Optional.of("must be " + accepted());
  }

  /** A text of bounded length that is not blank. */
  record Text(int maxLength) implements FieldType {
    @Override
    public String accepted() {
      return "a text of 1 to " + maxLength + " characters";
    }

    @Override
    public boolean accepts(Object value) {
      return value instanceof String text && !text.isBlank() && text.length() <= maxLength;
    }
  }

  /** A whole number within bounds, both included. */
  record Whole(long min, long max) implements FieldType {
    @Override
    public String accepted() {
      return "a whole number from " + min + " to " + max;
    }

    @Override
    public boolean accepts(Object value) {
      return (value instanceof Long || value instanceof Integer)
          && ((Number) value).longValue() >= min
          && ((Number) value).longValue() <= max;
    }
  }

  /** True or false. */
  record Flag() implements FieldType {
    @Override
    public String accepted() {
      return "true or false";
    }

    @Override
    public boolean accepts(Object value) {
      return value instanceof Boolean;
    }
  }

  /** One of a few texts. */
  record Choice(List<String> options) implements FieldType {
    public Choice {
      options = List.copyOf(options);
    }

    @Override
    public String accepted() {
      return "one of " + String.join(", ", options);
    }

    @Override
    public boolean accepts(Object value) {
      return value instanceof String text && options.contains(text);
    }
  }

  /** An object whose values are texts. */
  record Texts(int maxEntries, int maxLength) implements FieldType {
    @Override
    public String accepted() {
      return "an object of at most "
          + maxEntries
          + " texts, each of at most "
          + maxLength
          + " characters";
    }

    @Override
    public boolean accepts(Object value) {
      return value instanceof Map<?, ?> map
          && map.size() <= maxEntries
          && map.entrySet().stream()
              .allMatch(entry ->
                  entry.getKey() instanceof String key
                      && !key.isBlank()
                      && entry.getValue() instanceof String text
                      && text.length() <= maxLength);
    }
  }
}
