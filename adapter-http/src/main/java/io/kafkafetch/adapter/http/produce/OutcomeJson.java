package io.kafkafetch.adapter.http.produce;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.kafkafetch.adapter.http.server.Exchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

/** Outcomes as callers see them. */
final class OutcomeJson {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String SENT = "Message sent successfully";

  private OutcomeJson() {}

  /** The answer for one record. A topic's name needs no escapes. */
  static byte[] single(Outcome.Written written) {
    return ("{\"success\":true,\"message\":\""
            + SENT
            + "\",\"topic\":\""
            + written.topic()
            + "\",\"partition\":"
            + written.receipt().partition()
            + ",\"offset\":"
            + written.receipt().offset()
            + ",\"timestamp\":\""
            + Instant.ofEpochMilli(written.receipt().timestampMillis())
            + "\"}")
        .getBytes(ISO_8859_1);
  }

  /** The answer for a batch. */
  static void answerBatch(Exchange exchange, int status, List<Outcome> outcomes)
      throws IOException {
    exchange.answer(
        status,
        out -> {
          out.writeStartObject();
          out.writeBooleanField("success", status == 200);
          out.writeNumberField(
              "messages_sent", outcomes.stream().filter(Outcome.Written.class::isInstance).count());
          out.writeArrayFieldStart("results");
          for (var outcome : outcomes) {
            write(out, outcome);
          }
          out.writeEndArray();
          out.writeEndObject();
        });
  }

  /** The line of a record that failed. */
  static byte[] line(Outcome.Failed failed, long number) {
    var line = new ByteArrayOutputStream(256);
    try (var out = JSON.createGenerator(line, JsonEncoding.UTF8)) {
      out.writeStartObject();
      out.writeBooleanField("success", false);
      out.writeNumberField("line", number);
      members(out, failed);
      out.writeEndObject();
      out.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory cannot fail", e);
    }
    return line.toByteArray();
  }

  private static void members(JsonGenerator out, Outcome.Failed failed) throws IOException {
    out.writeStringField("topic", failed.topic());
    out.writeStringField("message", failed.problem().detail());
    out.writeStringField("error", failed.reason());
    out.writeNumberField("status", failed.problem().status().code());
  }

  private static void write(JsonGenerator out, Outcome outcome) throws IOException {
    out.writeStartObject();
    switch (outcome) {
      case Outcome.Written written -> {
        out.writeBooleanField("success", true);
        out.writeStringField("topic", written.topic());
        out.writeNumberField("partition", written.receipt().partition());
        out.writeNumberField("offset", written.receipt().offset());
        out.writeStringField("message", SENT);
      }
      case Outcome.Failed failed -> {
        out.writeBooleanField("success", false);
        members(out, failed);
      }
    }
    out.writeEndObject();
  }
}
