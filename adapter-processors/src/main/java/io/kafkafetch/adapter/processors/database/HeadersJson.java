package io.kafkafetch.adapter.processors.database;

import io.kafkafetch.domain.processor.RecordHeader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * A record's headers as JSON: an array, since names may repeat and their order counts, of objects
 * with {@code name} and {@code value}, or {@code value_base64} where the bytes are no text.
 */
final class HeadersJson {
  private static final byte[] NAME = ascii("{\"name\":");
  private static final byte[] NAME_BASE64 = ascii("{\"name_base64\":");
  private static final byte[] VALUE = ascii(",\"value\":");
  private static final byte[] VALUE_BASE64 = ascii(",\"value_base64\":");
  private static final byte[] NULL = ascii("null");
  private static final byte[] HEX = ascii("0123456789abcdef");

  private HeadersJson() {}

  /** Writes the field; NULL when there are none. */
  static void write(List<RecordHeader> headers, RowBuffer out) {
    if (headers.isEmpty()) {
      out.nullField();
      return;
    }
    int field = out.beginField();
    out.int8(1); // version of jsonb's binary form
    out.int8('[');
    boolean first = true;
    for (var header : headers) {
      if (!first) {
        out.int8(',');
      }
      first = false;
      pair(NAME, NAME_BASE64, header.name().getBytes(StandardCharsets.UTF_8), out);
      var value = header.value();
      if (value == null) {
        out.raw(VALUE);
        out.raw(NULL);
      } else {
        pair(VALUE, VALUE_BASE64, value, out);
      }
      out.int8('}');
    }
    out.int8(']');
    out.endField(field);
  }

  private static void pair(byte[] label, byte[] labelBase64, byte[] bytes, RowBuffer out) {
    if (Utf8.isText(bytes)) {
      out.raw(label);
      string(bytes, out);
    } else {
      out.raw(labelBase64);
      string(Base64.getEncoder().encode(bytes), out);
    }
  }

  private static void string(byte[] text, RowBuffer out) {
    out.int8('"');
    for (byte b : text) {
      if (b == '"' || b == '\\') {
        out.int8('\\');
        out.int8(b);
      } else if (b >= 0 && b < 0x20) {
        out.raw(ESCAPE);
        out.int8(HEX[b >> 4]);
        out.int8(HEX[b & 15]);
      } else {
        out.int8(b);
      }
    }
    out.int8('"');
  }

  private static final byte[] ESCAPE = ascii("\\u00");

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
