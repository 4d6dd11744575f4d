package io.kafkafetch.adapter.processors.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import io.kafkafetch.domain.processor.RecordBatch;
import io.kafkafetch.domain.processor.RecordHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object per record: where it comes from, its key, value and headers. Bytes that are JSON
 * stay the JSON they are, other text becomes a string, anything else base64; a {@code …_format}
 * beside says which. There is never a newline within the object.
 */
final class JsonLines implements LineFormat {
  private static final JsonFactory JSON = new JsonFactory();
  private static final byte[] HEX = "0123456789abcdef".getBytes(UTF_8);
  private static final byte[] NULL = "null".getBytes(UTF_8);
  private static final byte[] TOPIC = "{\"topic\":".getBytes(UTF_8);
  private static final byte[] PARTITION = ",\"partition\":".getBytes(UTF_8);
  private static final byte[] OFFSET = ",\"offset\":".getBytes(UTF_8);
  private static final byte[] TIMESTAMP = ",\"timestamp\":".getBytes(UTF_8);
  private static final byte[] KEY = ",\"key\":".getBytes(UTF_8);
  private static final byte[] KEY_FORMAT = ",\"key_format\":".getBytes(UTF_8);
  private static final byte[] VALUE = ",\"value\":".getBytes(UTF_8);
  private static final byte[] VALUE_FORMAT = ",\"value_format\":".getBytes(UTF_8);
  private static final byte[] HEADERS = ",\"headers\":[".getBytes(UTF_8);
  private static final byte[] NAME = "{\"name\":".getBytes(UTF_8);
  private static final byte[] IS_JSON = "\"json\"".getBytes(UTF_8);
  private static final byte[] IS_TEXT = "\"text\"".getBytes(UTF_8);
  private static final byte[] IS_BASE64 = "\"base64\"".getBytes(UTF_8);
  private static final byte[] END = "]}\n".getBytes(UTF_8);

  @Override
  public void put(RecordBatch batch, int index, LineBuffer line) throws IOException {
    line.put(TOPIC);
    putText(batch.source().topic().getBytes(UTF_8), line);
    line.put(PARTITION);
    line.putDecimal(batch.source().partition());
    line.put(OFFSET);
    line.putDecimal(batch.offset(index));
    line.put(TIMESTAMP);
    putTimestamp(batch.timestamp(index), line);
    line.put(KEY);
    var keyForm = putBytes(batch.key(index), false, line);
    line.put(KEY_FORMAT);
    line.put(keyForm);
    line.put(VALUE);
    var valueForm = putBytes(batch.value(index), true, line);
    line.put(VALUE_FORMAT);
    line.put(valueForm);
    line.put(HEADERS);
    boolean first = true;
    for (var header : batch.headers(index)) {
      if (!first) {
        line.put((byte) ',');
      }
      first = false;
      putHeader(header, line);
    }
    line.put(END);
  }

  private static void putTimestamp(long millis, LineBuffer line) throws IOException {
    if (millis < 0) {
      line.put(NULL);
    } else {
      line.putDecimal(millis);
    }
  }

  private static void putHeader(RecordHeader header, LineBuffer line) throws IOException {
    line.put(NAME);
    putText(header.name().getBytes(UTF_8), line);
    line.put(VALUE);
    var form = putBytes(header.value(), false, line);
    line.put(VALUE_FORMAT);
    line.put(form);
    line.put((byte) '}');
  }

  /** Puts the bytes and returns the name of the format they have. */
  private static byte[] putBytes(byte @Nullable [] bytes, boolean mayBeJson, LineBuffer line)
      throws IOException {
    if (bytes == null) {
      line.put(NULL);
      return NULL;
    }
    if (!isText(bytes)) {
      line.put((byte) '"');
      line.put(Base64.getEncoder().encode(bytes));
      line.put((byte) '"');
      return IS_BASE64;
    }
    if (mayBeJson && isJson(bytes)) {
      putOnOneLine(bytes, line);
      return IS_JSON;
    }
    putText(bytes, line);
    return IS_TEXT;
  }

  private static boolean isText(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return isUtf8(bytes);
      }
    }
    return true;
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** Whether the bytes are exactly one JSON value, within the parser's bounds on depth and size. */
  private static boolean isJson(byte[] bytes) {
    try (var parser = JSON.createParser(bytes)) {
      int depth = 0;
      int values = 0;
      for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        values += depth == 0 ? 1 : 0;
        if (token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME) {
          parser.getTextLength(); // A string is looked through only when it is asked for.
        }
      }
      return values == 1;
    } catch (IOException e) {
      return false;
    }
  }

  /** In JSON a raw line end stands only between tokens, where a blank means the same. */
  private static void putOnOneLine(byte[] json, LineBuffer line) throws IOException {
    int from = 0;
    for (int i = 0; i < json.length; i++) {
      if (json[i] == '\n' || json[i] == '\r') {
        line.put(json, from, i - from);
        line.put((byte) ' ');
        from = i + 1;
      }
    }
    line.put(json, from, json.length - from);
  }

  private static void putText(byte[] utf8, LineBuffer line) throws IOException {
    line.put((byte) '"');
    int from = 0;
    for (int i = 0; i < utf8.length; i++) {
      byte b = utf8[i];
      if (b == '"' || b == '\\' || (b >= 0 && b < ' ')) {
        line.put(utf8, from, i - from);
        putEscaped(b, line);
        from = i + 1;
      }
    }
    line.put(utf8, from, utf8.length - from);
    line.put((byte) '"');
  }

  private static void putEscaped(byte b, LineBuffer line) throws IOException {
    line.put((byte) '\\');
    switch (b) {
      case '"', '\\' -> line.put(b);
      case '\n' -> line.put((byte) 'n');
      case '\r' -> line.put((byte) 'r');
      case '\t' -> line.put((byte) 't');
      default -> {
        line.put((byte) 'u');
        line.put((byte) '0');
        line.put((byte) '0');
        line.put(HEX[b >> 4]);
        line.put(HEX[b & 0xf]);
      }
    }
  }
}
