package io.kafkafetch.adapter.processors.http;

import io.kafkafetch.domain.processor.Cause;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** What a status that is no redirect means for the records of the request. */
final class AnswerRules {
  /** Nobody is left alone for longer, whatever they ask for. */
  static final Duration MAX_RETRY_AFTER = Duration.ofHours(1);

  private final InstantSource clock;

  AnswerRules(InstantSource clock) {
    this.clock = clock;
  }

  /** Why the records were not taken; empty when they were. */
  Optional<Cause> cause(Answer answer, Origin origin, int records) {
    int status = answer.status();
    if (status >= 200 && status < 300) {
      return Optional.empty();
    }
    var said = origin + " answered " + status;
    return Optional.of(
        switch (status) {
          case 401 -> new Cause.Fatal(said + ": it wants other credentials");
          case 403 -> new Cause.Fatal(said + ": it forbids the request");
          case 404 -> new Cause.Fatal(said + ": there is nothing at the path of endpoint_url");
          case 407 -> new Cause.Fatal(said + ": a proxy in between wants credentials");
          case 408, 425, 429 -> new Cause.Transient(said, retryAfter(answer));
          default -> other(answer, said, records);
        });
  }

  private Cause other(Answer answer, String said, int records) {
    int status = answer.status();
    if (status >= 400 && status < 500) {
      return new Cause.Poison(said, records);
    }
    return status >= 500 && status < 600
        ? new Cause.Transient(said, retryAfter(answer))
        : new Cause.Transient(said + ", which is no status of HTTP");
  }

  /** Seconds or a date (RFC 9110, section 10.2.3); anything else is as good as absent. */
  private Optional<Duration> retryAfter(Answer answer) {
    return answer
        .retryAfter()
        .map(String::strip)
        .flatMap(this::wait)
        .map(wait -> wait.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : wait);
  }

  private Optional<Duration> wait(String text) {
    if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.of(
          text.length() > 9 ? MAX_RETRY_AFTER : Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      var when = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      var wait = Duration.between(clock.instant(), when);
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeParseException e) {
      // The engine's own backoff holds.
      return Optional.empty();
    }
  }
}
