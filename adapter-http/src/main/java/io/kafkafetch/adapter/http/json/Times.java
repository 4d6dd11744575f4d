package io.kafkafetch.adapter.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Times as RFC 3339 in UTC, to the microsecond, which is what the database keeps. */
public final class Times {
  private Times() {}

  /** Writes a time. */
  public static void write(JsonGenerator out, String name, Instant time) throws IOException {
    out.writeStringField(name, time.truncatedTo(ChronoUnit.MICROS).toString());
  }

  /** Writes a time, or null. */
  public static void write(JsonGenerator out, String name, Optional<Instant> time)
      throws IOException {
    if (time.isPresent()) {
      write(out, name, time.get());
    } else {
      out.writeNullField(name);
    }
  }
}
