package io.kafkafetch.adapter.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.kafkafetch.application.driving.Violations;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** JSON values as plain Java values, there and back. */
public final class JsonValues {
  private JsonValues() {}

  /** A text that a database and a log can hold: no NUL, no half of a surrogate pair. */
  public static Optional<String> text(JsonNode value, String path, Violations violations) {
    if (!value.isTextual()) {
      violations.add(path, "must be a text, not " + JsonObjectReader.kind(value));
      return Optional.empty();
    }
    var text = value.textValue();
    if (!isClean(text)) {
      violations.add(path, "must be a text without NUL characters and lone surrogates");
      return Optional.empty();
    }
    return Optional.of(text);
  }

  /**
   * An object as {@link String}, {@link Boolean}, {@link Long}, {@link Double}, {@link List} and
   * {@link Map}, in the order in which it was sent. Nulls and numbers that fit neither are noted.
   */
  public static Map<String, Object> plain(JsonNode object, String path, Violations violations) {
    var values = new LinkedHashMap<String, Object>();
    for (var entry : object.properties()) {
      var at = path + "." + entry.getKey();
      if (!isClean(entry.getKey())) {
        violations.add(path, "must have names without NUL characters and lone surrogates");
        continue;
      }
      var value = plainValue(entry.getValue(), at, violations);
      if (value != null) {
        values.put(entry.getKey(), value);
      }
    }
    return values;
  }

  private static @Nullable Object plainValue(JsonNode value, String path, Violations violations) {
    return switch (value.getNodeType()) {
      case STRING -> text(value, path, violations).orElse(null);
      case BOOLEAN -> value.booleanValue();
      case NUMBER -> plainNumber(value, path, violations);
      case OBJECT -> plain(value, path, violations);
      case ARRAY -> plainList(value, path, violations);
      case NULL, MISSING, BINARY, POJO -> {
        violations.add(path, "must not be null");
        yield null;
      }
    };
  }

  private static @Nullable Object plainNumber(JsonNode value, String path, Violations violations) {
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      return value.longValue();
    }
    if (value.isFloatingPointNumber() && Double.isFinite(value.doubleValue())) {
      return value.doubleValue();
    }
    violations.add(path, "must be a number that fits 64 bits");
    return null;
  }

  private static List<Object> plainList(JsonNode list, String path, Violations violations) {
    var values = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      var value = plainValue(list.get(i), path + "[" + i + "]", violations);
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }

  /** Writes what {@link #plain} reads. */
  public static void write(JsonGenerator out, Object value) throws IOException {
    switch (value) {
      case String text -> out.writeString(text);
      case Boolean flag -> out.writeBoolean(flag);
      case Integer number -> out.writeNumber(number);
      case Long number -> out.writeNumber(number);
      case Double number -> out.writeNumber(number);
      case List<?> list -> {
        out.writeStartArray();
        for (var element : list) {
          write(out, element);
        }
        out.writeEndArray();
      }
      case Map<?, ?> map -> {
        out.writeStartObject();
        for (var entry : map.entrySet()) {
          out.writeFieldName(String.valueOf(entry.getKey()));
          write(out, entry.getValue());
        }
        out.writeEndObject();
      }
      default -> throw new IllegalArgumentException("No plain value: " + value.getClass());
    }
  }

  private static boolean isClean(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || Character.isLowSurrogate(c)) {
        return false;
      }
      if (Character.isHighSurrogate(c)) {
        if (i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
