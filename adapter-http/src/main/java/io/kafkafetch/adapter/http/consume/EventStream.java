package io.kafkafetch.adapter.http.consume;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.kafkafetch.adapter.http.json.JsonBody;
import io.kafkafetch.adapter.http.problem.Problems;
import io.kafkafetch.application.driving.ReadRecord;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.application.driving.TopicBrowsing.Gap;
import io.kafkafetch.application.driving.TopicBrowsing.Tail;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Server-sent events (the HTML standard, 9.2). Each event's id names the place after it in every
 * partition, so that whoever comes back with it misses nothing and sees nothing twice. Nothing is
 * held for a slow reader: its records stay in Kafka until it takes them.
 */
final class EventStream {
  private static final JsonFactory JSON =
      JsonFactory.builder().build().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
  private static final Duration WAIT = Duration.ofSeconds(1);

  /** Well before anything on the way takes the connection for a dead one. */
  private static final long HEARTBEAT_NANOS = Duration.ofSeconds(10).toNanos();

  private final OutputStream out;
  private final Map<Integer, Long> told = new TreeMap<>();
  private long wroteAt;

  EventStream(OutputStream out) {
    this.out = out;
  }

  /** Writes what comes until the reader is gone or nothing can come any more. */
  void follow(Tail tail) throws IOException {
    told.putAll(tail.positions());
    write("retry: 1000\nid: " + TailPositions.id(told) + "\n\n");
    flush();
    try {
      while (true) {
        var news = tail.next(WAIT);
        for (var gap : news.gaps()) {
          gap(gap);
        }
        for (var record : news.records()) {
          record(record);
        }
        // Partitions that are new have a place, too.
        tail.positions().forEach(told::putIfAbsent);
        if (!news.gaps().isEmpty() || !news.records().isEmpty()) {
          flush();
        } else if (System.nanoTime() - wroteAt > HEARTBEAT_NANOS) {
          write(": still here\n\n");
          flush();
        }
      }
    } catch (Refusal ended) {
      event(
          "error",
          json -> {
            json.writeStartObject();
            json.writeNumberField("status", Problems.of(ended).status().code());
            json.writeStringField("detail", ended.detail());
            json.writeEndObject();
          });
      flush();
    }
  }

  private void record(ReadRecord record) throws IOException {
    told.put(record.partition(), record.offset() + 1);
    write("id: " + TailPositions.id(told) + "\n");
    data(json -> RecordJson.write(json, record));
  }

  private void gap(Gap gap) throws IOException {
    told.put(gap.partition(), gap.to());
    write("id: " + TailPositions.id(told) + "\n");
    event(
        "gap",
        json -> {
          json.writeStartObject();
          json.writeNumberField("partition", gap.partition());
          json.writeNumberField("from", gap.from());
          json.writeNumberField("to", gap.to());
          json.writeEndObject();
        });
  }

  private void event(String name, JsonBody body) throws IOException {
    write("event: " + name + "\n");
    data(body);
  }

  private void data(JsonBody body) throws IOException {
    var line = new ByteArrayOutputStream(512);
    try (var json = JSON.createGenerator(line, JsonEncoding.UTF8)) {
      body.write(json);
    }
    write("data: ");
    line.writeTo(out);
    write("\n\n");
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(UTF_8));
  }

  private void flush() throws IOException {
    out.flush();
    wroteAt = System.nanoTime();
  }
}
