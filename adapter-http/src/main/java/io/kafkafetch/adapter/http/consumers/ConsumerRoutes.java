package io.kafkafetch.adapter.http.consumers;

import io.kafkafetch.adapter.http.server.Exchange;
import io.kafkafetch.adapter.http.server.RouteGroup;
import io.kafkafetch.adapter.http.server.Router;
import io.kafkafetch.application.driving.ConsumerManagement;
import io.kafkafetch.application.driving.ConsumerView;
import java.io.IOException;
import java.util.OptionalLong;

/** Making, changing and running managed consumers (the Fetcher Server's API, section 3.1). */
public final class ConsumerRoutes implements RouteGroup {
  private static final String ID = "consumer_id";

  private final ConsumerManagement consumers;

  /** Routes to that conversation. */
  public ConsumerRoutes(ConsumerManagement consumers) {
    this.consumers = consumers;
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
    exchange.query().end();
    var view = consumers.create(ConsumerRequests.draft(exchange));
    exchange.answerHeader("Location", "/consumers/" + view.consumer().id());
    answer(exchange, 201, view);
  }

  private void get(Exchange exchange) throws IOException {
    exchange.query().end();
    answer(exchange, 200, consumers.get(exchange.pathParam(ID)));
  }

  private void update(Exchange exchange) throws IOException {
    exchange.query().end();
    // What is not there is a 404, whatever the body says.
    var id = exchange.pathParam(ID);
    consumers.get(id);
    var draft = ConsumerRequests.draft(exchange);
    answer(exchange, 200, consumers.update(id, draft, expected(exchange)));
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

  private static void answer(Exchange exchange, int status, ConsumerView view) throws IOException {
    exchange.answerHeader("ETag", EntityTags.of(view.consumer().revision()));
    exchange.answer(status, out -> ConsumerJson.write(out, view));
  }
}
