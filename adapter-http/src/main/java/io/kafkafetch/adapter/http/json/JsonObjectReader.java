package io.kafkafetch.adapter.http.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.kafkafetch.application.driving.Violations;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads an object field by field. What has the wrong type is noted and reads as absent; what nobody
 * asked for when {@link #end} is called is noted as unknown, with the names that are accepted. The
 * caller ends with {@link Violations#refuseIfAny}.
 */
public final class JsonObjectReader {
  private final JsonNode object;
  private final String path;
  private final Violations violations;
  private final Set<String> accepted = new LinkedHashSet<>();
  private final Set<String> ignored = new LinkedHashSet<>();

  private JsonObjectReader(JsonNode object, String path, Violations violations) {
    this.object = object;
    this.path = path;
    this.violations = violations;
  }

  /**
   * Reads a value as an object; when it is none, that is noted and the reader finds nothing.
   *
   * @param path where the value is, such as {@code processor_configs[0]}; empty for a whole body
   */
  public static JsonObjectReader of(JsonNode value, String path, Violations violations) {
    if (!value.isObject()) {
      violations.add(path.isEmpty() ? "body" : path, "must be an object, not " + kind(value));
      if (path.isEmpty()) {
        // Nothing can be said of its fields.
        violations.refuseIfAny();
      }
    }
    return new JsonObjectReader(value, path, violations);
  }

  /** Fields that our own answers carry and that may be sent back without meaning anything. */
  public JsonObjectReader ignoring(String... names) {
    ignored.addAll(List.of(names));
    return this;
  }

  /** Where violations are noted. */
  public Violations violations() {
    return violations;
  }

  /** Where a field is, seen from the whole body. */
  public String pathOf(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** Whether the field is there, be it null. */
  public boolean has(String name) {
    accepted.add(name);
    return object.has(name);
  }

  /** Whether the field is there and null, for the few where null has a meaning of its own. */
  public boolean isNull(String name) {
    accepted.add(name);
    return object.path(name).isNull();
  }

  /** Any value but null, when it is there. */
  public Optional<JsonNode> value(String name) {
    return Optional.ofNullable(find(name, "a value"));
  }

  /** A text, when it is there. */
  public Optional<String> text(String name) {
    var value = find(name, "a text");
    if (value == null) {
      return Optional.empty();
    }
    return JsonValues.text(value, pathOf(name), violations);
  }

  /** A whole number that fits 64 bits, when it is there. */
  public OptionalLong whole(String name) {
    var value = find(name, "a whole number");
    if (value == null) {
      return OptionalLong.empty();
    }
    if (value.isNumber() && value.canConvertToExactIntegral() && value.canConvertToLong()) {
      return OptionalLong.of(value.longValue());
    }
    wrong(name, "a whole number", value);
    return OptionalLong.empty();
  }

  /** A number, when it is there. */
  public Optional<Double> number(String name) {
    var value = find(name, "a number");
    if (value == null) {
      return Optional.empty();
    }
    if (value.isNumber() && Double.isFinite(value.doubleValue())) {
      return Optional.of(value.doubleValue());
    }
    wrong(name, "a number", value);
    return Optional.empty();
  }

  /** True or false, when it is there. */
  public Optional<Boolean> flag(String name) {
    var value = find(name, "true or false");
    if (value == null) {
      return Optional.empty();
    }
    if (value.isBoolean()) {
      return Optional.of(value.booleanValue());
    }
    wrong(name, "true or false", value);
    return Optional.empty();
  }

  /** An object, when it is there. */
  public Optional<JsonObjectReader> object(String name) {
    var value = find(name, "an object");
    return value == null ? Optional.empty() : Optional.of(of(value, pathOf(name), violations));
  }

  /** A list of objects, each read by {@code element}, when it is there. */
  public <T> Optional<List<T>> objects(String name, Function<JsonObjectReader, T> element) {
    return elements(name, "a list of objects")
        .map(nodes -> {
          var all = new ArrayList<T>(nodes.size());
          for (int i = 0; i < nodes.size(); i++) {
            all.add(element.apply(of(nodes.get(i), pathOf(name) + "[" + i + "]", violations)));
          }
          return Collections.unmodifiableList(all);
        });
  }

  /** A list of texts, when it is there; one that is none is noted and reads as an empty text. */
  public Optional<List<String>> texts(String name) {
    return elements(name, "a list of texts")
        .map(nodes -> {
          var all = new ArrayList<String>(nodes.size());
          for (int i = 0; i < nodes.size(); i++) {
            all.add(
                JsonValues.text(nodes.get(i), pathOf(name) + "[" + i + "]", violations).orElse(""));
          }
          return Collections.unmodifiableList(all);
        });
  }

  /** A list of whole numbers that fit 64 bits, when it is there; others are noted and read as 0. */
  public Optional<List<Long>> wholes(String name) {
    return elements(name, "a list of whole numbers")
        .map(nodes -> {
          var all = new ArrayList<Long>(nodes.size());
          for (int i = 0; i < nodes.size(); i++) {
            var node = nodes.get(i);
            if (node.isNumber() && node.canConvertToExactIntegral() && node.canConvertToLong()) {
              all.add(node.longValue());
            } else {
              wrong(name + "[" + i + "]", "a whole number", node);
              all.add(0L);
            }
          }
          return Collections.unmodifiableList(all);
        });
  }

  /** An object whose values are texts, when it is there. */
  public Optional<Map<String, String>> textMap(String name) {
    var value = find(name, "an object of texts");
    if (value == null) {
      return Optional.empty();
    }
    if (!value.isObject()) {
      wrong(name, "an object of texts", value);
      return Optional.empty();
    }
    var texts = new LinkedHashMap<String, String>();
    for (var entry : value.properties()) {
      JsonValues.text(entry.getValue(), pathOf(name) + "." + entry.getKey(), violations)
          .ifPresent(text -> texts.put(entry.getKey(), text));
    }
    return Optional.of(Collections.unmodifiableMap(texts));
  }

  /** An object as plain values, when it is there; see {@link JsonValues#plain}. */
  public Optional<Map<String, Object>> plainObject(String name) {
    var value = find(name, "an object");
    if (value == null) {
      return Optional.empty();
    }
    if (!value.isObject()) {
      wrong(name, "an object", value);
      return Optional.empty();
    }
    return Optional.of(JsonValues.plain(value, pathOf(name), violations));
  }

  /** A text that must be there; empty when it is not, which is noted. */
  public String requiredText(String name) {
    if (!has(name)) {
      violations.add(pathOf(name), "is required and must be a text");
    }
    return text(name).orElse("");
  }

  /** Notes every field that nobody asked for. */
  public void end() {
    for (var names = object.fieldNames(); names.hasNext(); ) {
      var name = names.next();
      if (!accepted.contains(name) && !ignored.contains(name)) {
        violations.add(
            pathOf(name), "is not a known field; accepted are " + String.join(", ", accepted));
      }
    }
  }

  private Optional<JsonNode> elements(String name, String wanted) {
    var value = find(name, wanted);
    if (value == null) {
      return Optional.empty();
    }
    if (value.isArray()) {
      return Optional.of(value);
    }
    wrong(name, wanted, value);
    return Optional.empty();
  }

  private @Nullable JsonNode find(String name, String wanted) {
    accepted.add(name);
    var value = object.get(name);
    if (value != null && value.isNull()) {
      wrong(name, wanted, value);
      return null;
    }
    return value;
  }

  private void wrong(String name, String wanted, JsonNode value) {
    violations.add(pathOf(name), "must be " + wanted + ", not " + kind(value));
  }

  static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case ARRAY -> "a list";
      case OBJECT, POJO -> "an object";
      case STRING, BINARY -> "a text";
      case BOOLEAN -> value.booleanValue() ? "true" : "false";
      case NULL, MISSING -> "null";
      case NUMBER -> {
        var digits = value.asText();
        yield digits.length() <= 24 ? digits : "a number of that size";
      }
    };
  }
}
