package io.kafkafetch.events;

import io.kafkafetch.domain.processor.Violation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object, taken out one by one. What is wrong with one is noted, not thrown,
 * so that a producer's author learns of all faults at once.
 */
final class JsonFields {
  private static final int MAX_SHOWN = 100;

  private final Map<?, ?> object;
  private final String prefix;
  private final List<Violation> violations;

  JsonFields(Map<?, ?> object, String prefix, List<Violation> violations) {
    this.object = object;
    this.prefix = prefix;
    this.violations = violations;
  }

  /** A text; noted and empty when it is missing, of another type, or blank. */
  Optional<String> text(String name) {
    var text = required(name).flatMap(value -> as(String.class, "a string", name, value));
    if (text.isPresent() && text.get().isBlank()) {
      return fault(name, "must not be blank");
    }
    return text;
  }

  /** A text that stands for a value; noted and empty when it stands for none. */
  <E> Optional<E> parsed(String name, String accepted, Function<String, Optional<E>> parser) {
    var text = required(name).flatMap(value -> as(String.class, "a string", name, value));
    if (text.isEmpty()) {
      return Optional.empty();
    }
    var parsed = parser.apply(text.get());
    return parsed.isPresent()
        ? parsed
        : fault(name, "must be " + accepted + ", not \"" + shown(text.get()) + "\"");
  }

  /** An object within this one; noted and empty when it is missing or no object. */
  Optional<Map<?, ?>> object(String name) {
    return required(name)
        .flatMap(value -> as(Map.class, "an object", name, value))
        .map(inner -> (Map<?, ?>) inner);
  }

  /** The fields of an object within this one. */
  Optional<JsonFields> fields(String name) {
    return object(name).map(inner -> new JsonFields(inner, prefix + name + ".", violations));
  }

  boolean has(String name) {
    return object.containsKey(name);
  }

  private Optional<Object> required(String name) {
    if (!has(name)) {
      return fault(name, "is missing");
    }
    Object value = object.get(name);
    return value == null ? fault(name, "must not be null") : Optional.of(value);
  }

  private <E> Optional<E> as(Class<E> type, String wanted, String name, Object value) {
    return type.isInstance(value)
        ? Optional.of(type.cast(value))
        : fault(name, "must be " + wanted + ", not " + kind(value));
  }

  private <E> Optional<E> fault(String name, String message) {
    violations.add(new Violation(prefix + name, message));
    return Optional.empty();
  }

  static String kind(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case String _ -> "a string";
      case Boolean _ -> "a boolean";
      case Number _ -> "a number";
      case List<?> _ -> "an array";
      default -> "an object";
    };
  }

  private static String shown(String text) {
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
  }
}
