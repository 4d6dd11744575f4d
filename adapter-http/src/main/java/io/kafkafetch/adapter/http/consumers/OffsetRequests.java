package io.kafkafetch.adapter.http.consumers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.kafkafetch.adapter.http.json.JsonObjectReader;
import io.kafkafetch.adapter.http.server.Exchange;
import io.kafkafetch.application.driving.OffsetMove;
import io.kafkafetch.application.driving.OffsetMove.Target;
import io.kafkafetch.application.driving.Violations;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads where a caller wants a group to be. */
final class OffsetRequests {
  private static final String ACCEPTED =
      "must be \"earliest\", \"latest\", {\"timestamp\": …}, {\"shift\": …} or {\"offsets\": {…}}";

  private OffsetRequests() {}

  /**
   * What is asked for.
   *
   * @param token the plan that the caller has seen
   */
  record Request(OffsetMove move, boolean dryRun, Optional<String> token) {}

  static Request read(Exchange exchange) throws IOException {
    var query = exchange.query();
    boolean dry = query.flag("dry_run");
    query.end();
    var violations = new Violations();
    var body = exchange.jsonObject(violations);
    var to = body.value("to").orElse(NullNode.instance);
    if (!body.has("to")) {
      violations.add("to", "is required and " + ACCEPTED);
    }
    var target = target(to, violations);
    var partitions = body.value("partitions").map(node -> partitions(node, violations));
    boolean dryRun = body.flag("dry_run").orElse(false) || dry;
    var token = body.text("plan");
    body.end();
    violations.refuseIfAny();
    return new Request(new OffsetMove(target, partitions), dryRun, token);
  }

  private static Target target(JsonNode to, Violations violations) {
    if (to.isObject() && to.size() == 1) {
      return fromObject(JsonObjectReader.of(to, "to", violations), violations);
    }
    return switch (to.asText()) {
      case "earliest" -> new Target.Earliest();
      case "latest" -> new Target.Latest();
      default -> {
        if (!to.isNull()) {
          violations.add("to", ACCEPTED);
        }
        yield new Target.Earliest();
      }
    };
  }

  private static Target fromObject(JsonObjectReader to, Violations violations) {
    var time = to.value("timestamp").flatMap(node -> time(node, violations));
    var shift = to.whole("shift");
    var offsets = to.value("offsets").map(node -> offsets(node, violations));
    to.end();
    return time.<Target>map(Target.AtTime::new)
        .or(() -> offsets.map(Target.Offsets::new))
        .orElseGet(() -> new Target.Shift(shift.orElse(0)));
  }

  /** RFC 3339, or Unix milliseconds. */
  private static Optional<Instant> time(JsonNode node, Violations violations) {
    try {
      if (node.isIntegralNumber() && node.canConvertToLong() && node.longValue() >= 0) {
        return Optional.of(Instant.ofEpochMilli(node.longValue()));
      }
      if (node.isTextual()) {
        return Optional.of(OffsetDateTime.parse(node.textValue()).toInstant())
            .filter(time -> time.toEpochMilli() >= 0)
            .or(() -> wrongTime(violations));
      }
      return wrongTime(violations);
    } catch (DateTimeException | ArithmeticException e) {
      return wrongTime(violations);
    }
  }

  private static Optional<Instant> wrongTime(Violations violations) {
    violations.add(
        "to.timestamp",
        "must be a time such as \"2026-01-31T12:00:00Z\", or milliseconds since 1970");
    return Optional.empty();
  }

  private static SortedMap<Integer, Long> offsets(JsonNode node, Violations violations) {
    var offsets = new TreeMap<Integer, Long>();
    if (!node.isObject() || node.isEmpty()) {
      violations.add("to.offsets", "must be an object of partitions and offsets: {\"0\": 17}");
      return offsets;
    }
    for (var entry : node.properties()) {
      var offset = entry.getValue();
      boolean whole = offset.isIntegralNumber() && offset.canConvertToLong();
      if (!entry.getKey().matches("[0-9]{1,9}") || !whole || offset.longValue() < 0) {
        violations.add(
            "to.offsets." + entry.getKey(),
            "must be a partition with a whole number of at least 0: {\"0\": 17}");
      } else {
        offsets.put(Integer.parseInt(entry.getKey()), offset.longValue());
      }
    }
    return offsets;
  }

  private static SortedSet<Integer> partitions(JsonNode node, Violations violations) {
    var partitions = new TreeSet<Integer>();
    var wrong = new ArrayList<String>();
    for (var element : node) {
      if (element.isIntegralNumber() && element.canConvertToInt() && element.intValue() >= 0) {
        partitions.add(element.intValue());
      } else {
        wrong.add(element.toString());
      }
    }
    if (!node.isArray() || node.isEmpty() || !wrong.isEmpty()) {
      violations.add("partitions", "must be a list of at least one partition number: [0, 1]");
    }
    return partitions;
  }
}
