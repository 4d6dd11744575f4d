package io.kafkafetch.adapter.http.deadletters;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.kafkafetch.adapter.http.json.JsonObjectReader;
import io.kafkafetch.adapter.http.server.Exchange;
import io.kafkafetch.application.driving.PurgeDraft;
import io.kafkafetch.application.driving.RedriveDraft;
import io.kafkafetch.application.driving.Violations;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads what callers want done with dead letters. */
final class DeadLetterRequests {
  private DeadLetterRequests() {}

  /**
   * A wish to redrive.
   *
   * @param dryRun only count
   */
  record Wish(RedriveDraft draft, boolean dryRun) {}

  static Wish redrive(Exchange exchange) throws IOException {
    var violations = new Violations();
    var body = body(exchange, violations);
    var draft =
        new RedriveDraft(
            body.wholes("offsets"),
            number(body, "dead_letter_partition"),
            body.text("processor"),
            number(body, "partition"),
            time(body, "since"),
            time(body, "until"),
            body.text("to_processor"),
            body.whole("rate_per_second"),
            number(body, "max_attempts"));
    boolean dryRun = body.flag("dry_run").orElse(false);
    body.end();
    return new Wish(draft.misreading(violations.found()), dryRun);
  }

  static PurgeDraft purge(Exchange exchange) throws IOException {
    var violations = new Violations();
    var body = body(exchange, violations);
    boolean all = body.flag("all").orElse(false);
    var before = body.whole("before_offset");
    if (all == before.isPresent()) {
      violations.add(
          body.pathOf("before_offset"),
          "must say which letters go, or else \"all\": true, but not both");
    }
    if (before.isPresent() && before.getAsLong() < 0) {
      violations.add(body.pathOf("before_offset"), "must be a whole number from 0");
    }
    var draft =
        new PurgeDraft(
            before,
            number(body, "dead_letter_partition"),
            body.flag("include_others").orElse(false),
            body.flag("dry_run").orElse(false));
    body.end();
    violations.refuseIfAny();
    return draft;
  }

  /** No body at all asks for nothing in particular. */
  private static JsonObjectReader body(Exchange exchange, Violations violations)
      throws IOException {
    boolean empty =
        exchange.header("Content-Length").map("0"::equals).orElse(true)
            && exchange.header("Transfer-Encoding").isEmpty();
    return empty
        ? JsonObjectReader.of(JsonNodeFactory.instance.objectNode(), "", violations)
        : exchange.jsonObject(violations);
  }

  private static OptionalInt number(JsonObjectReader body, String name) {
    OptionalLong value = body.whole(name);
    if (value.isEmpty()) {
      return OptionalInt.empty();
    }
    if (value.getAsLong() < 0 || value.getAsLong() > Integer.MAX_VALUE) {
      body.violations()
          .add(body.pathOf(name), "must be a whole number from 0 to " + Integer.MAX_VALUE);
      return OptionalInt.empty();
    }
    return OptionalInt.of((int) value.getAsLong());
  }

  private static Optional<Instant> time(JsonObjectReader body, String name) {
    return body.text(name)
        .flatMap(text -> {
          try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
          } catch (DateTimeException e) {
            body.violations().add(body.pathOf(name), "must be a time such as 2026-11-21T14:30:00Z");
            return Optional.empty();
          }
        });
  }
}
