package io.kafkafetch.adapter.http.consume;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import io.kafkafetch.adapter.http.json.JsonScanner;
import io.kafkafetch.adapter.http.json.Utf8;
import io.kafkafetch.application.driving.ReadRecord;
import io.kafkafetch.domain.processor.RecordHeader;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record as callers see it: JSON as it is, byte for byte; what is none, as text; what is neither,
 * as base64. A format beside it says which.
 */
final class RecordJson {
  private RecordJson() {}

  static void write(JsonGenerator out, List<ReadRecord> records) throws IOException {
    out.writeStartArray();
    for (var record : records) {
      write(out, record);
    }
    out.writeEndArray();
  }

  static void write(JsonGenerator out, ReadRecord record) throws IOException {
    out.writeStartObject();
    out.writeStringField("topic", record.topic());
    out.writeNumberField("partition", record.partition());
    out.writeNumberField("offset", record.offset());
    out.writeFieldName("key");
    var key = record.key();
    if (key == null) {
      out.writeNull();
    } else {
      var keyFormat = text(out, key);
      out.writeStringField("key_format", keyFormat);
    }
    out.writeFieldName("value");
    var format = value(out, record.value());
    out.writeStringField("value_format", format);
    out.writeStringField(
        "timestamp", Instant.ofEpochMilli(Math.max(0, record.timestampMillis())).toString());
    if (!record.headers().isEmpty()) {
      headers(out, record.headers());
    }
    out.writeEndObject();
  }

  private static String value(JsonGenerator out, byte @Nullable [] value) throws IOException {
    if (value == null) {
      out.writeNull();
      return "json";
    }
    if (JsonScanner.isJson(value)) {
      out.writeRawValue(new RawJson(value));
      return "json";
    }
    return text(out, value);
  }

  private static String text(JsonGenerator out, byte[] bytes) throws IOException {
    if (Utf8.isValid(bytes)) {
      out.writeString(new String(bytes, UTF_8));
      return "text";
    }
    out.writeString(Base64.getEncoder().encodeToString(bytes));
    return "base64";
  }

  private static void headers(JsonGenerator out, List<RecordHeader> headers) throws IOException {
    out.writeObjectFieldStart("headers");
    for (int i = 0; i < headers.size(); i++) {
      var header = headers.get(i);
      if (isLastOfItsName(headers, i)) {
        out.writeFieldName(header.name());
        var value = header.value();
        if (value == null) {
          out.writeNull();
        } else {
          text(out, value);
        }
      }
    }
    out.writeEndObject();
  }

  /** A map has each name once; Kafka's own {@code lastHeader} counts the last one, too. */
  private static boolean isLastOfItsName(List<RecordHeader> headers, int index) {
    for (int i = index + 1; i < headers.size(); i++) {
      if (headers.get(i).name().equals(headers.get(index).name())) {
        return false;
      }
    }
    return true;
  }
}
