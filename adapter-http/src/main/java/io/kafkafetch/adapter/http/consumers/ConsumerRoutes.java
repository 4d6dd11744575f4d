package io.kafkafetch.adapter.http.consumers;

import io.kafkafetch.adapter.http.server.Exchange;
import io.kafkafetch.adapter.http.server.RouteGroup;
import io.kafkafetch.adapter.http.server.Router;
import io.kafkafetch.application.driving.ConsumerManagement;
import io.kafkafetch.application.driving.ConsumerTrial;
import io.kafkafetch.application.driving.ConsumerView;
import java.io.IOException;
import java.util.OptionalLong;

/** Making, changing and running managed consumers (the Fetcher Server's API, section 3.1). */
public final class ConsumerRoutes implements RouteGroup {
  private static final String ID = "consumer_id";

  private final ConsumerManagement consumers;
  private final ConsumerTrial trial;

  /** Routes to these conversations. */
  public ConsumerRoutes(ConsumerManagement consumers, ConsumerTrial trial) {
    this.consumers = consumers;
    this.trial = trial;
  }

  @Override
  public String description() {
    return "consumers";
  }

  @Override
  public void register(Router router) {
    router
        .get("/consumers", this::list)
        .post("/consumers", this::create)
        .post("/api/consumers", this::create)
        .get("/consumers/{consumer_id}", this::get)
        .put("/consumers/{consumer_id}", this::update)
        .delete("/consumers/{consumer_id}", this::delete)
        .post("/consumers/{consumer_id}/start", this::start)
        .post("/consumers/{consumer_id}/stop", this::stop);
  }

  private void list(Exchange exchange) throws IOException {
    var page = consumers.list(ConsumerRequests.filter(exchange));
    page.nextCursor()
        .ifPresent(cursor ->
            exchange.answerHeader(
                "Link", "<" + exchange.pathWith("cursor", cursor) + ">; rel=\"next\""));
    exchange.answer(
        200,
        out -> {
          out.writeStartArray();
          for (var view : page.items()) {
            ConsumerJson.write(out, view);
          }
          out.writeEndArray();
        });
  }

  private void create(Exchange exchange) throws IOException {
    boolean dryRun = isDryRun(exchange);
    var draft = ConsumerRequests.draft(exchange);
    if (dryRun) {
      answer(exchange, trial.ofNew(draft));
      return;
    }
    var view = consumers.create(draft);
    exchange.answerHeader("Location", "/consumers/" + view.consumer().id());
    answer(exchange, 201, view);
  }

  private void get(Exchange exchange) throws IOException {
    exchange.query().end();
    answer(exchange, 200, consumers.get(exchange.pathParam(ID)));
  }

  private static boolean isDryRun(Exchange exchange) {
    var query = exchange.query();
    boolean dryRun = query.flag("dry_run");
    query.end();
    return dryRun;
  }

  private void update(Exchange exchange) throws IOException {
    boolean dryRun = isDryRun(exchange);
    // What is not there is a 404, whatever the body says.
    var id = exchange.pathParam(ID);
    consumers.get(id);
    var draft = ConsumerRequests.draft(exchange);
    if (dryRun) {
      answer(exchange, trial.ofChange(id, draft, expected(exchange)));
    } else {
      answer(exchange, 200, consumers.update(id, draft, expected(exchange)));
    }
  }

  private void delete(Exchange exchange) throws IOException {
    exchange.query().end();
    consumers.delete(exchange.pathParam(ID), expected(exchange));
    exchange.answerEmpty(204);
  }

  private void start(Exchange exchange) throws IOException {
    exchange.query().end();
    answer(exchange, 200, consumers.start(exchange.pathParam(ID), expected(exchange)));
  }

  private void stop(Exchange exchange) throws IOException {
    exchange.query().end();
    answer(exchange, 200, consumers.stop(exchange.pathParam(ID), expected(exchange)));
  }

  private OptionalLong expected(Exchange exchange) {
    return EntityTags.expected(
        exchange.header("If-Match"),
        () -> consumers.get(exchange.pathParam(ID)).consumer().revision());
  }

  private static void answer(Exchange exchange, ConsumerTrial.Findings found) throws IOException {
    exchange.answer(
        200,
        out -> {
          out.writeStartObject();
          out.writeBooleanField("valid", found.isValid());
          out.writeArrayFieldStart("checks");
          for (var check : found.checks()) {
            out.writeStartObject();
            out.writeStringField("name", check.name());
            out.writeBooleanField("ok", check.ok());
            out.writeStringField("detail", check.detail());
            out.writeEndObject();
          }
          out.writeEndArray();
          out.writeEndObject();
        });
  }

  static void answer(Exchange exchange, int status, ConsumerView view) throws IOException {
    exchange.answerHeader("ETag", EntityTags.of(view.consumer().revision()));
    exchange.answer(status, out -> ConsumerJson.write(out, view));
  }
}
