package io.kafkafetch.adapter.http.sessions;

import com.fasterxml.jackson.databind.JsonNode;
import io.kafkafetch.adapter.http.json.JsonObjectReader;
import io.kafkafetch.adapter.http.server.Exchange;
import io.kafkafetch.application.driving.ConsumeDraft;
import io.kafkafetch.application.driving.PartitionId;
import io.kafkafetch.application.driving.SeekTarget;
import io.kafkafetch.application.driving.SubscribeDraft;
import io.kafkafetch.application.driving.Violations;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What clients of sessions send. */
final class SessionRequests {
  private static final String PARTITION = "\\d{1,9}";

  /** The last instant of the year 9999, in Unix milliseconds. */
  private static final long MAX_TIMESTAMP = 253_402_300_799_999L;

  private SessionRequests() {}

  static SubscribeDraft subscribe(Exchange exchange) throws IOException {
    var violations = new Violations();
    var body = exchange.jsonObject(violations);
    var group = body.text("group_id");
    var topics = body.texts("topics");
    var reset = body.text("auto_offset_reset");
    var timeout = body.whole("session_timeout_ms");
    var format = body.text("format");
    var autoCommit = body.flag("auto_commit");
    body.end();
    return new SubscribeDraft(
        group, topics, reset, timeout, format, autoCommit, violations.found());
  }

  static ConsumeDraft consume(Exchange exchange) throws IOException {
    var violations = new Violations();
    var body = exchange.optionalJsonObject(violations);
    var records = body.whole("max_records");
    var timeout = body.whole("timeout_ms");
    var bytes = body.whole("max_bytes_total");
    var token = body.text("token");
    body.end();
    return new ConsumeDraft(records, timeout, bytes, token, violations.found());
  }

  /** The offsets to commit; empty when there are none in the request. */
  static Optional<Map<PartitionId, Long>> offsets(Exchange exchange) throws IOException {
    var violations = new Violations();
    var body = exchange.optionalJsonObject(violations);
    var offsets = body.value("offsets").map(value -> offsets(value, violations));
    body.end();
    violations.refuseIfAny();
    return offsets;
  }

  private static Map<PartitionId, Long> offsets(JsonNode value, Violations violations) {
    var offsets = new LinkedHashMap<PartitionId, Long>();
    JsonObjectReader.of(value, "offsets", violations);
    for (var topic : value.properties()) {
      var at = "offsets." + topic.getKey();
      JsonObjectReader.of(topic.getValue(), at, violations);
      for (var partition : topic.getValue().properties()) {
        var offset = partition.getValue();
        if (!partition.getKey().matches(PARTITION)) {
          violations.add(at, "must have numbers of partitions as its names");
        } else if (!offset.isIntegralNumber()
            || !offset.canConvertToLong()
            || offset.longValue() < 0) {
          violations.add(at + "." + partition.getKey(), "must be a whole number, 0 or more");
        } else {
          offsets.put(
              new PartitionId(topic.getKey(), Integer.parseInt(partition.getKey())),
              offset.longValue());
        }
      }
    }
    return offsets;
  }

  /** Where to go on in a partition. */
  record Seek(PartitionId partition, SeekTarget target) {}

  static Seek seek(Exchange exchange) throws IOException {
    var violations = new Violations();
    var body = exchange.jsonObject(violations);
    var topic = body.requiredText("topic");
    var partition = body.whole("partition");
    if (!body.has("partition")) {
      violations.add("partition", "is required and must be a whole number, 0 or more");
    } else if (partition.isPresent()
        && (partition.getAsLong() < 0 || partition.getAsLong() > Integer.MAX_VALUE)) {
      violations.add("partition", "must be 0 or more");
    }
    var target = target(body, violations);
    body.end();
    violations.refuseIfAny();
    return new Seek(new PartitionId(topic, (int) partition.orElse(0)), target);
  }

  private static SeekTarget target(JsonObjectReader body, Violations violations) {
    var offset = body.whole("offset");
    var to = body.value("to");
    if (body.has("offset") == body.has("to")) {
      violations.add("offset", "must be there, or \"to\" instead of it");
      return new SeekTarget.Beginning();
    }
    if (to.isEmpty()) {
      if (offset.isPresent() && offset.getAsLong() < 0) {
        violations.add("offset", "must be 0 or more");
      }
      return new SeekTarget.Offset(offset.orElse(0));
    }
    return to(to.get(), violations);
  }

  private static SeekTarget to(JsonNode to, Violations violations) {
    if (to.isTextual() && to.textValue().equals("beginning")) {
      return new SeekTarget.Beginning();
    }
    if (to.isTextual() && to.textValue().equals("end")) {
      return new SeekTarget.End();
    }
    if (to.isObject()) {
      var since = JsonObjectReader.of(to, "to", violations);
      var timestamp = since.whole("timestamp");
      since.end();
      if (timestamp.isPresent()
          && timestamp.getAsLong() >= 0
          && timestamp.getAsLong() <= MAX_TIMESTAMP) {
        return new SeekTarget.Since(Instant.ofEpochMilli(timestamp.getAsLong()));
      }
    }
    violations.add("to", "must be \"beginning\", \"end\" or {\"timestamp\": <Unix milliseconds>}");
    return new SeekTarget.Beginning();
  }

  /** The partitions to read, by topic. */
  static Map<String, List<Long>> partitions(Exchange exchange) throws IOException {
    var violations = new Violations();
    var body = exchange.jsonObject(violations);
    var partitions = new LinkedHashMap<String, List<Long>>();
    var topics = body.object("topics");
    if (!body.has("topics")) {
      violations.add(
          "topics",
          "is required and must be an object of topics and partitions: {\"orders\": [0, 1]}");
    }
    body.end();
    if (topics.isPresent()) {
      body.value("topics")
          .ifPresent(value -> {
            for (var topic : value.properties()) {
              partitions.put(topic.getKey(), numbers(topic.getKey(), topic.getValue(), violations));
            }
          });
    }
    violations.refuseIfAny();
    return partitions;
  }

  private static List<Long> numbers(String topic, JsonNode list, Violations violations) {
    var numbers = new ArrayList<Long>();
    boolean right = list.isArray();
    for (var number : list) {
      right &= number.isIntegralNumber() && number.canConvertToInt() && number.intValue() >= 0;
      numbers.add(number.longValue());
    }
    if (!right) {
      violations.add("topics." + topic, "must be a list of numbers of partitions, from 0 on");
    }
    return numbers;
  }
}
