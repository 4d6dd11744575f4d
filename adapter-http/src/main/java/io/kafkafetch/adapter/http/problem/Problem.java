package io.kafkafetch.adapter.http.problem;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import io.kafkafetch.domain.processor.Violation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An error as a caller sees it (RFC 9457).
 *
 * @param status the HTTP status
 * @param detail a plain sentence, free of secrets and of names from our code
 * @param violations what is wrong, field by field; empty where that is not the matter
 * @param retryAfter when it is worth asking again
 */
public record Problem(
    HttpError status, String detail, List<Violation> violations, Optional<Duration> retryAfter) {
  /** The media type of every error. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final JsonFactory JSON = new JsonFactory();

  public Problem {
    violations = List.copyOf(violations);
  }

  /** A problem that is said in one sentence. */
  public static Problem of(HttpError status, String detail) {
    return new Problem(status, detail, List.of(), Optional.empty());
  }

  /** A problem that may be over after a while. */
  public static Problem passing(HttpError status, String detail, Duration retryAfter) {
    return new Problem(status, detail, List.of(), Optional.of(retryAfter));
  }

  /** Whole seconds for {@code Retry-After}, at least 1. */
  public Optional<String> retryAfterSeconds() {
    return retryAfter.map(wait -> Long.toString(Math.max(1, wait.plusMillis(999).toSeconds())));
  }

  /** The body of the answer. */
  public byte[] json() {
    var bytes = new ByteArrayOutputStream(256);
    try (var out = JSON.createGenerator(bytes, JsonEncoding.UTF8)) {
      out.writeStartObject();
      // No type of ours says more than the status does, and RFC 9457 has a name for just that.
      out.writeStringField("type", "about:blank");
      out.writeStringField("title", status.title());
      out.writeNumberField("status", status.code());
      out.writeStringField("detail", detail);
      if (!violations.isEmpty()) {
        out.writeArrayFieldStart("errors");
        for (var violation : violations) {
          out.writeStartObject();
          out.writeStringField("field", violation.field());
          out.writeStringField("message", violation.message());
          out.writeEndObject();
        }
        out.writeEndArray();
      }
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory cannot fail", e);
    }
    return bytes.toByteArray();
  }
}
