package io.kafkafetch.adapter.http.consumers;

import io.kafkafetch.adapter.http.json.JsonObjectReader;
import io.kafkafetch.adapter.http.server.Exchange;
import io.kafkafetch.application.driving.ConsumerDraft;
import io.kafkafetch.application.driving.ConsumerFilter;
import io.kafkafetch.application.driving.ProcessorDraft;
import io.kafkafetch.application.driving.Violations;
import io.kafkafetch.domain.processor.ProcessorConfig;
import java.io.IOException;
import java.util.OptionalInt;

/** Reads what callers ask of consumers. */
final class ConsumerRequests {
  /** What an answer carries, but nobody can set. */
  private static final String[] READ_ONLY = {
    "consumer_id",
    "status",
    "created_at",
    "updated_at",
    "revision",
    "error",
    "trouble",
    "stalled",
    "last_poll_at",
    "last_progress_at"
  };

  private static final int MAX_LIMIT = 10_000;

  private ConsumerRequests() {}

  /** What could be read, and what could not: the one who checks the values says both at once. */
  static ConsumerDraft draft(Exchange exchange) throws IOException {
    var violations = new Violations();
    var body = exchange.jsonObject(violations).ignoring(READ_ONLY);
    var draft =
        new ConsumerDraft(
            body.text("broker_ip"),
            body.whole("broker_port"),
            body.texts("bootstrap_servers"),
            body.textMap("client_config"),
            body.text("topic"),
            body.text("consumer_group"),
            body.flag("auto_start"),
            body.objects("processor_configs", ConsumerRequests::processor),
            body.whole("tasks_max"),
            body.text("auto_offset_reset"),
            body.object("delivery").map(DeliveryJson::read));
    body.end();
    return draft.misreading(violations.found());
  }

  private static ProcessorDraft processor(JsonObjectReader element) {
    element.ignoring("id", "created_at", "updated_at");
    var type = element.text("processor_type");
    var config = element.plainObject("config");
    element.end();
    return new ProcessorDraft(type, config.map(ProcessorConfig::new));
  }

  static ConsumerFilter filter(Exchange exchange) {
    var query = exchange.query();
    var limit = query.whole("limit", 1, MAX_LIMIT);
    var status = query.text("status");
    var topic = query.text("topic");
    var group = query.text("consumer_group");
    var cursor = query.text("cursor");
    return new ConsumerFilter(
        status,
        topic,
        group,
        limit.isPresent() ? OptionalInt.of((int) limit.getAsLong()) : OptionalInt.empty(),
        cursor,
        query.misread());
  }
}
