package io.kafkafetch.adapter.http.sessions;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.kafkafetch.adapter.http.json.JsonBuffer;
import io.kafkafetch.adapter.http.json.JsonScanner;
import io.kafkafetch.application.driving.RecordFormat;
import io.kafkafetch.domain.processor.RecordBatch;
import io.kafkafetch.domain.processor.RecordHeader;
import io.kafkafetch.domain.processor.SourcePartition;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes records as their client asked for them. What cannot be shown so is shown as text, or else
 * as base64, and {@code key_format} or {@code value_format} says so: no record is left out. Belongs
 * to one thread.
 */
final class RecordJson {
  private static final byte[] VALUE = ",\"value\":".getBytes(UTF_8);
  private static final byte[] NO_HEADERS = ",\"headers\":{}".getBytes(UTF_8);
  private static final byte[] HEADERS = ",\"headers\":{".getBytes(UTF_8);
  private static final byte[] KEY_FORMAT = ",\"key_format\":\"".getBytes(UTF_8);
  private static final byte[] VALUE_FORMAT = ",\"value_format\":\"".getBytes(UTF_8);
  private static final byte[] NULL = "null".getBytes(UTF_8);

  /**
   * Values are looked at and not built, so that they may be deeper than what is read of callers.
   */
  private static final int MAX_DEPTH = 500;

  private static final int MANY = 50;

  private final RecordFormat format;
  private final boolean oneLine;
  private long lastTime;
  private byte[] timeAndKey = timeAndKey(lastTime);
  private final JsonScanner scanner = new JsonScanner(new byte[0], 0, 0, MAX_DEPTH);

  /**
   * A writer for one client.
   *
   * @param oneLine whether JSON values may not contain line breaks, as in an event stream
   */
  RecordJson(RecordFormat format, boolean oneLine) {
    this.format = format;
    this.oneLine = oneLine;
  }

  /** Writes what stands between the brackets of an array, which was begun. */
  void write(JsonGenerator array, List<RecordBatch> batches) throws IOException {
    int records = batches.stream().mapToInt(RecordBatch::size).sum();
    var out = JsonBuffer.below(array, records > MANY);
    boolean first = true;
    for (var batch : batches) {
      var begin = begin(batch.source());
      for (int i = 0; i < batch.size(); i++) {
        if (!first) {
          out.one(',');
        }
        first = false;
        out.raw(begin);
        write(out, batch, i);
        out.one('}');
      }
    }
    out.spill();
  }

  /** What all records of a partition begin with. */
  private static byte[] begin(SourcePartition source) {
    var topic = new String(JsonStringEncoder.getInstance().quoteAsString(source.topic()));
    // Not formatted: that takes the digits of the system's language.
    return ("{\"topic\":\"" + topic + "\",\"partition\":" + source.partition() + ",\"offset\":")
        .getBytes(UTF_8);
  }

  private void write(JsonBuffer out, RecordBatch batch, int index) throws IOException {
    out.number(batch.offset(index));
    writeTime(out, batch.timestamp(index));
    var key = write(out, batch.key(index));
    out.raw(VALUE);
    var value = write(out, batch.value(index));
    writeHeaders(out, batch.headers(index));
    if (key != format) {
      writeFormat(out, KEY_FORMAT, key);
    }
    if (value != format) {
      writeFormat(out, VALUE_FORMAT, value);
    }
  }

  /** Many records in a row have the same time. */
  private void writeTime(JsonBuffer out, long time) throws IOException {
    if (time != lastTime) {
      lastTime = time;
      timeAndKey = timeAndKey(time);
    }
    out.raw(timeAndKey);
  }

  private static byte[] timeAndKey(long time) {
    return (",\"timestamp\":" + time + ",\"key\":").getBytes(UTF_8);
  }

  private static void writeFormat(JsonBuffer out, byte[] name, RecordFormat format)
      throws IOException {
    out.raw(name);
    out.raw(format.label().getBytes(UTF_8));
    out.one('"');
  }

  /** Writes bytes and says how. */
  private RecordFormat write(JsonBuffer out, byte @Nullable [] bytes) throws IOException {
    if (bytes == null) {
      out.raw(NULL);
      return format;
    }
    if (format == RecordFormat.JSON && scanner.over(bytes, 0, bytes.length).isOneValue()) {
      if (oneLine) {
        out.rawInOneLine(bytes);
      } else {
        out.raw(bytes);
      }
      return RecordFormat.JSON;
    }
    if (format != RecordFormat.BASE64 && out.text(bytes)) {
      return RecordFormat.TEXT;
    }
    out.base64(bytes);
    return RecordFormat.BASE64;
  }

  /** A map has one value for a name; as in Kafka's own look-up, the last of several counts. */
  private static void writeHeaders(JsonBuffer out, List<RecordHeader> headers) throws IOException {
    if (headers.isEmpty()) {
      out.raw(NO_HEADERS);
      return;
    }
    out.raw(HEADERS);
    var last = new LinkedHashMap<String, RecordHeader>();
    headers.forEach(header -> last.put(header.name(), header));
    boolean first = true;
    for (var header : last.values()) {
      if (!first) {
        out.one(',');
      }
      first = false;
      writeHeader(out, header);
    }
    out.one('}');
  }

  private static void writeHeader(JsonBuffer out, RecordHeader header) throws IOException {
    out.text(header.name().getBytes(UTF_8));
    out.one(':');
    var value = header.value();
    if (value == null) {
      out.raw(NULL);
    } else if (!out.text(value)) {
      out.base64(value);
    }
  }
}
