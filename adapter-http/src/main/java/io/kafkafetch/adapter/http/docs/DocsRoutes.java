package io.kafkafetch.adapter.http.docs;

import io.kafkafetch.adapter.http.problem.HttpError;
import io.kafkafetch.adapter.http.problem.ProblemException;
import io.kafkafetch.adapter.http.server.Exchange;
import io.kafkafetch.adapter.http.server.RouteGroup;
import io.kafkafetch.adapter.http.server.Router;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The description of the API, for machines and, through Swagger UI, for people. Works offline. */
public final class DocsRoutes implements RouteGroup {
  /** Swagger UI sets styles on elements; scripts and everything else come from here alone. */
  private static final String ONLY_FROM_HERE =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'"
          + " data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private static final String A_DAY = "public, max-age=86400";

  private final byte[] document;

  /**
   * Routes to the description of these groups and of itself.
   *
   * @param version of the product
   */
  public DocsRoutes(String version, List<? extends RouteGroup> groups) {
    var all = new ArrayList<RouteGroup>(groups);
    all.add(this);
    document = OpenApiDocument.of(version, all);
  }

  @Override
  public String description() {
    return "docs";
  }

  @Override
  public void register(Router router) {
    router
        .get("/openapi.json", this::document)
        .get("/docs", this::page)
        .get("/docs/{file}", this::file);
  }

  private void document(Exchange exchange) throws IOException {
    exchange.query().end();
    exchange.answer(200, "application/json", document);
  }

  private void page(Exchange exchange) throws IOException {
    exchange.query().end();
    exchange.answerHeader("Content-Security-Policy", ONLY_FROM_HERE);
    answer(exchange, DocsFile.PAGE);
  }

  private void file(Exchange exchange) throws IOException {
    exchange.query().end();
    var name = exchange.pathParam("file");
    var file =
        DocsFile.find(name)
            .orElseThrow(() ->
                new ProblemException(HttpError.NOT_FOUND, "The documentation has no such file."));
    exchange.answerHeader("Cache-Control", A_DAY);
    answer(exchange, file);
  }

  private static void answer(Exchange exchange, DocsFile file) throws IOException {
    exchange.answer(200, file.type(), file.read());
  }
}
