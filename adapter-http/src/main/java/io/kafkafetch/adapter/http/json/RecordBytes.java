package io.kafkafetch.adapter.http.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What is in a record, as JSON: the value itself where the bytes are JSON, else a text, else
 * base64; and beside it which of these it is.
 */
public final class RecordBytes {
  private RecordBytes() {}

  /** Writes {@code name} and {@code name_format}; JSON is passed on byte for byte. */
  public static void writeValue(JsonGenerator out, String name, byte @Nullable [] bytes)
      throws IOException {
    if (bytes != null && JsonScanner.isJson(bytes)) {
      out.writeFieldName(name);
      out.writeRawValue(new String(bytes, UTF_8));
      out.writeStringField(name + "_format", "json");
    } else {
      writeText(out, name, bytes);
    }
  }

  /** The same for what is never taken for JSON: keys and headers. */
  public static void writeText(JsonGenerator out, String name, byte @Nullable [] bytes)
      throws IOException {
    if (bytes == null) {
      out.writeNullField(name);
      out.writeNullField(name + "_format");
    } else if (Utf8.isValid(bytes)) {
      out.writeStringField(name, new String(bytes, UTF_8));
      out.writeStringField(name + "_format", "text");
    } else {
      out.writeBinaryField(name, bytes);
      out.writeStringField(name + "_format", "base64");
    }
  }
}
