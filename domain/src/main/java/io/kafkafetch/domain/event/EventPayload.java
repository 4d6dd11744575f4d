package io.kafkafetch.domain.event;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an event carries: one JSON object.
 *
 * @param data deeply immutable, in the order given. Values are {@code null}, {@link Boolean},
 *     {@link String}, {@link Long} or (beyond it) {@link java.math.BigInteger} for whole numbers,
 *     {@link java.math.BigDecimal} for all others, {@link java.util.List} and {@link Map} with
 *     {@code String} keys. The constructor copies, and turns every other number of the JDK ({@code
 *     int}, {@code double} …) into one of these, so that an event that was written and read again
 *     is equal to itself. Anything else, NaN and infinities, numbers of more than 1,000 characters
 *     or with exponents beyond 10,000, and more than 500 levels of nesting are refused with an
 *     {@link IllegalArgumentException}
 */
public record EventPayload(Map<String, @Nullable Object> data) {
  public EventPayload {
    data = JsonData.copyOf(Present.required(data, "payload.data"), "payload.data");
  }

  /** A payload without anything in it. */
  public static EventPayload empty() {
    return new EventPayload(Map.of());
  }
}
