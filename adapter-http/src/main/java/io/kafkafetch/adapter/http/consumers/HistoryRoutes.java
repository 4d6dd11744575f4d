package io.kafkafetch.adapter.http.consumers;

import io.kafkafetch.adapter.http.json.Times;
import io.kafkafetch.adapter.http.server.Exchange;
import io.kafkafetch.adapter.http.server.RouteGroup;
import io.kafkafetch.adapter.http.server.Router;
import io.kafkafetch.application.driving.ConsumerHistory;
import io.kafkafetch.application.driving.ConsumerManagement;
import io.kafkafetch.application.driving.Violations;
import java.io.IOException;

/** What a consumer was before, and having that back. */
public final class HistoryRoutes implements RouteGroup {
  private static final String ID = "consumer_id";
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1_000;

  private final ConsumerManagement consumers;
  private final ConsumerHistory history;

  /** Routes to these conversations. */
  public HistoryRoutes(ConsumerManagement consumers, ConsumerHistory history) {
    this.consumers = consumers;
    this.history = history;
  }

  @Override
  public String description() {
    return "history";
  }

  @Override
  public void register(Router router) {
    router
        .get("/consumers/{consumer_id}/versions", this::versions)
        .post("/consumers/{consumer_id}/rollback", this::rollback);
  }

  private void versions(Exchange exchange) throws IOException {
    var query = exchange.query();
    int limit = (int) query.whole("limit", 1, MAX_LIMIT).orElse(DEFAULT_LIMIT);
    query.end();
    var versions = history.versions(exchange.pathParam(ID), limit);
    exchange.answer(
        200,
        out -> {
          out.writeStartArray();
          for (var version : versions) {
            out.writeStartObject();
            out.writeNumberField("revision", version.revision());
            out.writeStringField("status", version.status());
            out.writeStringField("change", version.change());
            Times.write(out, "changed_at", version.at());
            ConsumerJson.write(out, version.spec());
            out.writeEndObject();
          }
          out.writeEndArray();
        });
  }

  private void rollback(Exchange exchange) throws IOException {
    exchange.query().end();
    var id = exchange.pathParam(ID);
    // What is not there is a 404, whatever the body says.
    consumers.get(id);
    var violations = new Violations();
    var body = exchange.jsonObject(violations);
    var revision = body.whole("revision");
    if (revision.isEmpty() && !body.has("revision")) {
      violations.add("revision", "is required and must be the number of an earlier revision");
    }
    body.end();
    violations.refuseIfAny();
    var expected =
        EntityTags.expected(
            exchange.header("If-Match"), () -> consumers.get(id).consumer().revision());
    var view = history.rollback(id, revision.orElseThrow(), expected);
    ConsumerRoutes.answer(exchange, 200, view);
  }
}
