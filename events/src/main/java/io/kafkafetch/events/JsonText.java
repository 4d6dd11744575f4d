package io.kafkafetch.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** JSON (RFC 8259) as plain values of the JDK, read strictly and exactly. */
final class JsonText {
  /** What Kafka let through is in memory already: strings and names need no limit of their own. */
  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  /** The parser names its source within its messages, only to say that it will not show it. */
  private static final Pattern SOURCE =
      Pattern.compile("\\[Source: .*?; (line: \\d+, column: \\d+)]");

  private JsonText() {}

  /**
   * Reads one value and nothing after it: {@code null}, Boolean, String, Long, BigInteger,
   * BigDecimal, List or Map.
   *
   * @throws InvalidRecordException if the bytes are not one JSON text
   */
  static @Nullable Object read(byte[] bytes) {
    try (var parser = JSON.createParser(bytes)) {
      if (parser.nextToken() == null) {
        throw new InvalidRecordException("The value is empty");
      }
      var value = value(parser);
      if (parser.nextToken() != null) {
        throw new InvalidRecordException("The value goes on after its JSON text has ended");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new InvalidRecordException(
          "The value is not JSON: " + SOURCE.matcher(e.getOriginalMessage()).replaceAll("$1"), e);
    } catch (NumberFormatException e) {
      throw new InvalidRecordException("The value holds a number that is too large", e);
    } catch (IOException e) {
      // Bytes that are no text in the encoding that they begin in.
      throw new InvalidRecordException("The value is not JSON: " + e.getMessage(), e);
    }
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> null;
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> whole(parser);
      case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
      case START_ARRAY -> array(parser);
      case START_OBJECT -> object(parser);
      case END_ARRAY, END_OBJECT, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("No value begins with " + parser.currentToken());
    };
  }

  private static Number whole(JsonParser parser) throws IOException {
    return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
        ? parser.getBigIntegerValue()
        : (Number) parser.getLongValue();
  }

  private static List<@Nullable Object> array(JsonParser parser) throws IOException {
    var array = new ArrayList<@Nullable Object>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(parser));
    }
    return array;
  }

  private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
    var object = new LinkedHashMap<String, @Nullable Object>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var name = parser.currentName();
      parser.nextToken();
      object.put(name, value(parser));
    }
    return object;
  }

  /** Writes a value of the kinds that {@link #read} answers. */
  static byte[] write(Object value) {
    var bytes = new ByteArrayOutputStream(512);
    try (var generator = JSON.createGenerator(bytes)) {
      write(generator, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator generator, @Nullable Object value) throws IOException {
    switch (value) {
      case null -> generator.writeNull();
      case String text -> generator.writeString(text);
      case Boolean truth -> generator.writeBoolean(truth);
      case Long whole -> generator.writeNumber(whole);
      case BigInteger whole -> generator.writeNumber(whole);
      case BigDecimal decimal -> generator.writeNumber(decimal);
      case List<?> array -> {
        generator.writeStartArray();
        for (Object element : array) {
          write(generator, element);
        }
        generator.writeEndArray();
      }
      case Map<?, ?> object -> {
        generator.writeStartObject();
        for (Map.Entry<?, ?> entry : object.entrySet()) {
          generator.writeFieldName((String) entry.getKey());
          write(generator, entry.getValue());
        }
        generator.writeEndObject();
      }
      default -> throw new IllegalArgumentException("JSON has no " + value.getClass().getName());
    }
  }
}
