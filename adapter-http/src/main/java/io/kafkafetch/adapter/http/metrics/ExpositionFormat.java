package io.kafkafetch.adapter.http.metrics;

import java.util.Locale;
import java.util.Optional;

/** How metrics are written. */
public enum ExpositionFormat {
  /** Prometheus' own text, which everybody reads. */
  TEXT("text/plain; version=0.0.4; charset=utf-8"),
  /** The standard that was made of it. */
  OPEN_METRICS("application/openmetrics-text; version=1.0.0; charset=utf-8");

  private final String contentType;

  ExpositionFormat(String contentType) {
    this.contentType = contentType;
  }

  /** Its media type. */
  public String contentType() {
    return contentType;
  }

  /** What a client with this {@code Accept} gets. */
  static ExpositionFormat wanted(Optional<String> accept) {
    return accept.orElse("").toLowerCase(Locale.ROOT).contains("application/openmetrics-text")
        ? OPEN_METRICS
        : TEXT;
  }
}
