package io.kafkafetch.adapter.http.deadletters;

import io.kafkafetch.adapter.http.server.Exchange;
import io.kafkafetch.adapter.http.server.RouteGroup;
import io.kafkafetch.adapter.http.server.Router;
import io.kafkafetch.application.driving.DeadLetterManagement;
import java.io.IOException;

/** What a consumer's processors refused: looking at it, redriving it, deleting it. */
public final class DeadLetterRoutes implements RouteGroup {
  private static final String ID = "consumer_id";
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 1_000;

  private final DeadLetterManagement letters;

  /** Routes to that conversation. */
  public DeadLetterRoutes(DeadLetterManagement letters) {
    this.letters = letters;
  }

  @Override
  public String description() {
    return "deadletters";
  }

  @Override
  public void register(Router router) {
    router
        .get("/consumers/{consumer_id}/dead-letters", this::list)
        .post("/consumers/{consumer_id}/dead-letters/redrive", this::redrive)
        .get("/consumers/{consumer_id}/dead-letters/redrive", this::lastRedrive)
        .delete("/consumers/{consumer_id}/dead-letters/redrive", this::cancelRedrive)
        .post("/consumers/{consumer_id}/dead-letters/purge", this::purge);
  }

  private void list(Exchange exchange) throws IOException {
    var query = exchange.query();
    var limit = (int) query.whole("limit", 1, MAX_LIMIT).orElse(DEFAULT_LIMIT);
    var cursor = query.text("cursor");
    query.end();
    var page = letters.letters(exchange.pathParam(ID), limit, cursor);
    page.nextCursor()
        .ifPresent(next ->
            exchange.answerHeader(
                "Link", "<" + exchange.pathWith("cursor", next) + ">; rel=\"next\""));
    exchange.answer(200, out -> DeadLetterJson.write(out, page));
  }

  private void redrive(Exchange exchange) throws IOException {
    exchange.query().end();
    var id = exchange.pathParam(ID);
    var wish = DeadLetterRequests.redrive(exchange);
    if (wish.dryRun()) {
      var counts = letters.preview(id, wish.draft());
      exchange.answer(200, out -> DeadLetterJson.writePreview(out, counts));
      return;
    }
    var redrive = letters.redrive(id, wish.draft());
    exchange.answerHeader("Location", "/consumers/" + redrive.consumer() + "/dead-letters/redrive");
    exchange.answer(202, out -> DeadLetterJson.write(out, redrive));
  }

  private void lastRedrive(Exchange exchange) throws IOException {
    exchange.query().end();
    var redrive = letters.lastRedrive(exchange.pathParam(ID));
    exchange.answer(200, out -> DeadLetterJson.write(out, redrive));
  }

  private void cancelRedrive(Exchange exchange) throws IOException {
    exchange.query().end();
    var redrive = letters.cancelRedrive(exchange.pathParam(ID));
    exchange.answer(200, out -> DeadLetterJson.write(out, redrive));
  }

  private void purge(Exchange exchange) throws IOException {
    exchange.query().end();
    var purge = letters.purge(exchange.pathParam(ID), DeadLetterRequests.purge(exchange));
    exchange.answer(200, out -> DeadLetterJson.write(out, purge));
  }
}
