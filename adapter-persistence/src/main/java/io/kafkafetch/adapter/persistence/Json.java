package io.kafkafetch.adapter.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jooq.JSON;

/**
 * Stored JSON. Instants and durations are ISO 8601 texts. Everything beyond ASCII is escaped, so
 * that a database of any encoding keeps it, lone surrogates and NUL included. A reader takes a
 * missing field and a null for the same.
 */
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private Json() {}

  /** A form that this version cannot read; says what is wrong with it. */
  static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
      super(message);
    }
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  static <T> ArrayNode array(List<T> items, Function<T, JsonNode> write) {
    var array = array();
    items.forEach(item -> array.add(write.apply(item)));
    return array;
  }

  static JSON text(ObjectNode node) {
    try {
      return JSON.json(MAPPER.writeValueAsString(node));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of JSON could not be written", e);
    }
  }

  static JsonNode tree(JSON json) {
    try {
      return MAPPER.readTree(json.data());
    } catch (JsonProcessingException e) {
      // Without the cause, which quotes what it could not read.
      throw new Unreadable("is no JSON");
    }
  }

  /** To the microsecond, as every other instant in the database. */
  static String instant(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MICROS).toString();
  }

  static JsonNode field(JsonNode node, String name) {
    return optional(node, name).orElseThrow(() -> new Unreadable("has no field \"" + name + "\""));
  }

  static Optional<JsonNode> optional(JsonNode node, String name) {
    return Optional.ofNullable(node.get(name)).filter(value -> !value.isNull());
  }

  static String text(JsonNode node, String name) {
    return asText(field(node, name), name);
  }

  static Optional<String> optionalText(JsonNode node, String name) {
    return optional(node, name).map(value -> asText(value, name));
  }

  static long whole(JsonNode node, String name) {
    var value = field(node, name);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new Unreadable("has a field \"" + name + "\" that is no whole number");
    }
    return value.longValue();
  }

  static int small(JsonNode node, String name) {
    try {
      return Math.toIntExact(whole(node, name));
    } catch (ArithmeticException e) {
      throw new Unreadable("has a field \"" + name + "\" that is too large");
    }
  }

  static Optional<Instant> optionalInstant(JsonNode node, String name) {
    return optionalText(node, name).map(text -> parsed(text, name, Instant::parse));
  }

  static Instant instant(JsonNode node, String name) {
    return parsed(text(node, name), name, Instant::parse);
  }

  static Duration duration(JsonNode node, String name) {
    return parsed(text(node, name), name, Duration::parse);
  }

  static <T> List<T> list(JsonNode node, String name, Function<JsonNode, T> read) {
    return StreamSupport.stream(field(node, name).spliterator(), false).map(read).toList();
  }

  /** What {@code parse} makes of it; unreadable where that refuses. */
  static <T> T parsed(String text, String name, Function<String, T> parse) {
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException | java.time.DateTimeException e) {
      throw new Unreadable("has a field \"" + name + "\" with an unknown value");
    }
  }

  private static String asText(JsonNode value, String name) {
    if (!value.isTextual()) {
      throw new Unreadable("has a field \"" + name + "\" that is no text");
    }
    return value.textValue();
  }
}
