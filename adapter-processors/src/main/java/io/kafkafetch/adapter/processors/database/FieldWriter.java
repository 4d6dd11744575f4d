package io.kafkafetch.adapter.processors.database;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/**
 * Writes the JSON value that a parser stands on as a field of a column's type, or says that it does
 * not fit. Nothing is rounded, cut or guessed.
 */
final class FieldWriter {
  private static final int UUID_LENGTH = 36;

  private FieldWriter() {}

  /**
   * Writes one field; afterwards the parser stands on the value's last token.
   *
   * @param document what the parser reads
   * @return false when the value does not fit; what was written is then to be taken back
   */
  static boolean write(ColumnType type, JsonParser json, byte[] document, RowBuffer out)
      throws IOException {
    var token = json.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      out.nullField();
      return true;
    }
    if (type == ColumnType.JSONB) {
      return jsonb(json, document, out);
    }
    if (token.isStructStart()) {
      json.skipChildren();
      return false;
    }
    return switch (type) {
      case TEXT -> text(json.getText(), out);
      case BIGINT -> whole(json, Long.MIN_VALUE, Long.MAX_VALUE, 8, out);
      case INTEGER -> whole(json, Integer.MIN_VALUE, Integer.MAX_VALUE, 4, out);
      case NUMERIC -> isNumber(json) && NumericField.write(number(json), out);
      case DOUBLE -> isNumber(json) && real(number(json).doubleValue(), out);
      case BOOLEAN -> token.isBoolean() && bool(token == JsonToken.VALUE_TRUE, out);
      case TIMESTAMPTZ -> timestamp(json, out);
      case DATE -> isString(json) && date(json.getText(), out);
      case UUID -> isString(json) && uuid(json.getText(), out);
      case BYTEA -> isString(json) && base64(json.getText(), out);
      case JSONB -> throw new IllegalStateException("jsonb was written above");
    };
  }

  private static boolean jsonb(JsonParser json, byte[] document, RowBuffer out) throws IOException {
    int from = (int) json.currentTokenLocation().getByteOffset();
    if (json.currentToken().isStructStart()) {
      json.skipChildren();
    } else {
      json.finishToken();
    }
    out.jsonbField(document, from, (int) json.currentLocation().getByteOffset() - from);
    return true;
  }

  private static boolean text(String text, RowBuffer out) {
    if (text.indexOf('\0') >= 0) {
      return false;
    }
    out.textField(text);
    return true;
  }

  private static boolean isString(JsonParser json) {
    return json.currentToken() == JsonToken.VALUE_STRING;
  }

  /** A JSON number, or a string that holds one, as many write what a double would round. */
  private static boolean isNumber(JsonParser json) throws IOException {
    if (json.currentToken().isNumeric()) {
      return true;
    }
    if (!isString(json) || json.getTextLength() > 1000) {
      return false;
    }
    try {
      var _ = new BigDecimal(json.getText());
      return true;
    } catch (NumberFormatException _) {
      return false;
    }
  }

  private static BigDecimal number(JsonParser json) throws IOException {
    return isString(json) ? new BigDecimal(json.getText()) : json.getDecimalValue();
  }

  private static boolean whole(JsonParser json, long min, long max, int size, RowBuffer out)
      throws IOException {
    if (!isNumber(json)) {
      return false;
    }
    long value;
    try {
      // Refuses a fraction and an overflow, and never expands a huge exponent.
      value = number(json).longValueExact();
    } catch (ArithmeticException _) {
      return false;
    }
    if (value < min || value > max) {
      return false;
    }
    out.int32(size);
    if (size == 8) {
      out.int64(value);
    } else {
      out.int32((int) value);
    }
    return true;
  }

  private static boolean real(double value, RowBuffer out) {
    if (Double.isInfinite(value)) {
      return false;
    }
    out.int64Field(Double.doubleToLongBits(value));
    return true;
  }

  private static boolean bool(boolean value, RowBuffer out) {
    out.int32(1);
    out.int8(value ? 1 : 0);
    return true;
  }

  /** ISO 8601, or a whole number of Unix milliseconds as Kafka itself counts. */
  private static boolean timestamp(JsonParser json, RowBuffer out) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NUMBER_INT
        && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      var micros = Timestamps.ofMillis(json.getLongValue());
      micros.ifPresent(out::int64Field);
      return micros.isPresent();
    }
    if (!isString(json)) {
      return false;
    }
    var micros = Timestamps.ofText(json.getText());
    micros.ifPresent(out::int64Field);
    return micros.isPresent();
  }

  private static boolean date(String text, RowBuffer out) {
    var days = Timestamps.daysOf(text);
    if (days.isEmpty()) {
      return false;
    }
    out.int32(4);
    out.int32((int) days.getAsLong());
    return true;
  }

  private static boolean uuid(String text, RowBuffer out) {
    if (text.length() != UUID_LENGTH) {
      return false;
    }
    try {
      var uuid = UUID.fromString(text);
      if (!uuid.toString().equalsIgnoreCase(text)) {
        return false;
      }
      out.int32(16);
      out.int64(uuid.getMostSignificantBits());
      out.int64(uuid.getLeastSignificantBits());
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static boolean base64(String text, RowBuffer out) {
    try {
      out.bytesField(Base64.getDecoder().decode(text.getBytes(StandardCharsets.US_ASCII)));
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
