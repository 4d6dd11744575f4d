package io.kafkafetch.adapter.http.sessions;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kafkafetch.adapter.http.json.JsonBytes;
import io.kafkafetch.adapter.http.problem.Problems;
import io.kafkafetch.adapter.http.server.Exchange;
import io.kafkafetch.application.driving.ConsumeDraft;
import io.kafkafetch.application.driving.ConsumerSessions;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.application.driving.SessionAnswer;
import io.kafkafetch.application.driving.SessionTail;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A session's records as server-sent events. A reader that is slow is waited for, and no more is
 * fetched meanwhile than the next event lacks.
 */
final class SessionStream {
  /** A client that is gone is noticed when something is written to it. */
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);

  private final ConsumerSessions sessions;

  SessionStream(ConsumerSessions sessions) {
    this.sessions = sessions;
  }

  void stream(Exchange exchange) throws IOException {
    var id = exchange.pathParam("consumer_id");
    var records = new RecordJson(sessions.format(id), true);
    var query = exchange.query();
    var limits =
        new ConsumeDraft(
            query.whole("max_records", 1, 10_000),
            OptionalLong.empty(),
            query.whole("max_bytes_total", 1_024, 100L << 20),
            Optional.empty());
    query.end();
    var resumeAt = StreamPlace.read(exchange.header("Last-Event-ID"));
    try (var tail = sessions.tail(id, limits, resumeAt)) {
      // Proxies that gather answers would gather for ever.
      exchange.answerHeader("X-Accel-Buffering", "no");
      exchange.answerStream(
          200, "text/event-stream; charset=utf-8", out -> write(out, tail, records));
    }
  }

  private static void write(OutputStream out, SessionTail tail, RecordJson records)
      throws IOException {
    out.write("retry: 1000\n\n".getBytes(UTF_8));
    out.flush();
    try {
      while (true) {
        try (var answer = tail.next(KEEP_ALIVE)) {
          writeEvent(out, answer, records);
        }
        out.flush();
      }
    } catch (Refusal end) {
      writeEnd(out, end);
    }
  }

  private static void writeEvent(OutputStream out, SessionAnswer answer, RecordJson records)
      throws IOException {
    boolean quiet =
        answer.batches().isEmpty() && answer.assignment().isEmpty() && answer.gaps().isEmpty();
    if (quiet) {
      out.write(":\n\n".getBytes(UTF_8));
      return;
    }
    var place = StreamPlace.write(answer.positions());
    if (place.isPresent()) {
      out.write(("id: " + place.get() + "\n").getBytes(UTF_8));
    }
    out.write("event: records\ndata: ".getBytes(UTF_8));
    out.write(JsonBytes.of(json -> SessionJson.writeStreamed(json, answer, records)));
    out.write("\n\n".getBytes(UTF_8));
  }

  /** The stream says why it ends; the status was sent long ago. */
  private static void writeEnd(OutputStream out, Refusal reason) throws IOException {
    out.write("event: error\ndata: ".getBytes(UTF_8));
    out.write(Problems.of(reason).json());
    out.write("\n\n".getBytes(UTF_8));
    out.flush();
  }
}
