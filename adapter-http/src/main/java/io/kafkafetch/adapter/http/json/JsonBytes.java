package io.kafkafetch.adapter.http.json;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** JSON in memory, for what is sent in pieces of another kind. */
public final class JsonBytes {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonBytes() {}

  /** The UTF-8 bytes of one value. */
  public static byte[] of(JsonBody body) throws IOException {
    var bytes = new ByteArrayOutputStream(1 << 10);
    try (var out = JSON.createGenerator(bytes, JsonEncoding.UTF8)) {
      body.write(out);
    }
    return bytes.toByteArray();
  }
}
