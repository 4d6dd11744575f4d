package io.kafkafetch.adapter.http.sessions;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import io.kafkafetch.application.driving.RecordFormat;
import io.kafkafetch.domain.processor.RecordBatch;
import io.kafkafetch.domain.processor.RecordHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes records as their client asked for them. What cannot be shown so is shown as text, or else
 * as base64, and {@code key_format} or {@code value_format} says so: no record is left out.
 */
final class RecordJson {
  private static final SerializedString TOPIC = new SerializedString("topic");
  private static final SerializedString PARTITION = new SerializedString("partition");
  private static final SerializedString OFFSET = new SerializedString("offset");
  private static final SerializedString TIMESTAMP = new SerializedString("timestamp");
  private static final SerializedString KEY = new SerializedString("key");
  private static final SerializedString VALUE = new SerializedString("value");
  private static final SerializedString HEADERS = new SerializedString("headers");
  private static final JsonFactory VALUES =
      JsonFactory.builder()
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(500)
                  .maxNumberLength(10_000)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final RecordFormat format;
  private final boolean oneLine;

  /**
   * A writer for one client.
   *
   * @param oneLine whether JSON values may not contain line breaks, as in an event stream
   */
  RecordJson(RecordFormat format, boolean oneLine) {
    this.format = format;
    this.oneLine = oneLine;
  }

  void write(JsonGenerator out, RecordBatch batch) throws IOException {
    var source = batch.source();
    var topic = new SerializedString(source.topic());
    for (int i = 0; i < batch.size(); i++) {
      out.writeStartObject();
      out.writeFieldName(TOPIC);
      out.writeString(topic);
      out.writeFieldName(PARTITION);
      out.writeNumber(source.partition());
      out.writeFieldName(OFFSET);
      out.writeNumber(batch.offset(i));
      out.writeFieldName(TIMESTAMP);
      out.writeNumber(batch.timestamp(i));
      out.writeFieldName(KEY);
      var key = write(out, batch.key(i));
      out.writeFieldName(VALUE);
      var value = write(out, batch.value(i));
      out.writeFieldName(HEADERS);
      writeHeaders(out, batch.headers(i));
      if (key != format) {
        out.writeStringField("key_format", key.label());
      }
      if (value != format) {
        out.writeStringField("value_format", value.label());
      }
      out.writeEndObject();
    }
  }

  /** Writes bytes and says how. */
  private RecordFormat write(JsonGenerator out, byte @Nullable [] bytes) throws IOException {
    if (bytes == null) {
      out.writeNull();
      return format;
    }
    if (format == RecordFormat.JSON && isJson(bytes)) {
      out.writeRawValue(raw(bytes));
      return RecordFormat.JSON;
    }
    if (format != RecordFormat.BASE64 && writeText(out, bytes)) {
      return RecordFormat.TEXT;
    }
    out.writeBinary(Base64Variants.MIME_NO_LINEFEEDS, bytes, 0, bytes.length);
    return RecordFormat.BASE64;
  }

  /** Line breaks in JSON are between its tokens only, so a space is as good. */
  private String raw(byte[] bytes) {
    var text = new String(bytes, StandardCharsets.UTF_8);
    return oneLine ? text.replace('\n', ' ').replace('\r', ' ') : text;
  }

  private static boolean isJson(byte[] bytes) {
    if (bytes.length == 0 || text(bytes) == null) {
      return false;
    }
    try (var parser = VALUES.createParser(bytes)) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      parser.finishToken();
      return parser.nextToken() == null;
    } catch (JsonProcessingException notJson) {
      return false;
    } catch (IOException e) {
      throw new IllegalStateException("Reading from memory cannot fail", e);
    }
  }

  private static boolean writeText(JsonGenerator out, byte[] bytes) throws IOException {
    if (isAscii(bytes)) {
      out.writeUTF8String(bytes, 0, bytes.length);
      return true;
    }
    var text = text(bytes);
    if (text == null) {
      return false;
    }
    out.writeString(text);
    return true;
  }

  private static boolean isAscii(byte[] bytes) {
    for (byte one : bytes) {
      if (one < 0) {
        return false;
      }
    }
    return true;
  }

  /** The text of UTF-8 bytes; null when they are none. */
  private static @Nullable String text(byte[] bytes) {
    var text = new String(bytes, StandardCharsets.UTF_8);
    if (text.indexOf('\uFFFD') < 0) {
      return text;
    }
    try {
      // The sign for what is wrong may also have been sent; only a strict look tells.
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** A map has one value for a name; as in Kafka's own look-up, the last of several counts. */
  private static void writeHeaders(JsonGenerator out, List<RecordHeader> headers)
      throws IOException {
    out.writeStartObject();
    if (headers.size() == 1) {
      writeHeader(out, headers.getFirst());
    } else if (!headers.isEmpty()) {
      var last = new LinkedHashMap<String, RecordHeader>();
      headers.forEach(header -> last.put(header.name(), header));
      for (var header : last.values()) {
        writeHeader(out, header);
      }
    }
    out.writeEndObject();
  }

  private static void writeHeader(JsonGenerator out, RecordHeader header) throws IOException {
    out.writeFieldName(header.name());
    var value = header.value();
    if (value == null) {
      out.writeNull();
    } else if (!writeText(out, value)) {
      out.writeBinary(Base64Variants.MIME_NO_LINEFEEDS, value, 0, value.length);
    }
  }
}
