package io.kafkafetch.adapter.processors.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.Optional;

/**
 * Decides whether a record's value can be one element of a batch: exactly one JSON text in UTF-8
 * (RFC 8259). The parser itself would also take other encodings and a byte order mark, which spoil
 * the array around them.
 */
final class JsonValues {
  /** A record may be as long as Kafka allows; nesting is what a receiver could choke on. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNumberLength(10_000)
                  .build())
          .build();

  private static final String NOT_JSON = "The value is not JSON, so that it fits into no batch";

  private JsonValues() {}

  /** Why the value cannot be an element of a JSON array; empty when it can. */
  static Optional<String> arrayViolation(byte[] value) {
    return isJson(value) ? Optional.empty() : Optional.of(NOT_JSON);
  }

  /**
   * Why the value cannot be a line. What stands in one line is left to the receiver; what has line
   * breaks must be JSON, whose breaks between tokens may become spaces.
   */
  static Optional<String> lineViolation(byte[] value) {
    boolean blank = true;
    boolean breaks = false;
    for (byte b : value) {
      blank &= b == ' ' || b == '\t' || b == '\n' || b == '\r';
      breaks |= b == '\n' || b == '\r';
    }
    if (blank) {
      return Optional.of("The value is blank, and a blank line in a batch would be skipped");
    }
    return breaks && !isJson(value)
        ? Optional.of("The value has a line break and is not JSON, so that it fits into no line")
        : Optional.empty();
  }

  private static boolean isJson(byte[] value) {
    // No JSON text in UTF-8 begins with a byte that is not ASCII, or has a zero byte.
    if (value.length == 0 || value[0] <= 0 || (value.length > 1 && value[1] == 0)) {
      return false;
    }
    try (var parser = FACTORY.createParser(value)) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      return !parser.currentToken().isStructStart() && parser.nextToken() == null;
    } catch (IOException e) {
      // What the parser found wrong may quote the value: the verdict is enough.
      return false;
    }
  }
}
