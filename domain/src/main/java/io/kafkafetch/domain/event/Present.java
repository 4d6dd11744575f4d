package io.kafkafetch.domain.event;

import org.jspecify.annotations.Nullable;

/** Refuses what is not there, by the name that the field has on the wire. */
final class Present {
  private Present() {}

  // Callers are not all null-checked: an event is built by programs that we have never seen.
  static <T> T required(@Nullable T value, String field) {
    if (value == null) {
      throw new IllegalArgumentException(field + " is missing");
    }
    return value;
  }

  static void notBlank(@Nullable String value, String field) {
    if (required(value, field).isBlank()) {
      throw new IllegalArgumentException(field + " must not be blank");
    }
  }
}
