package io.kafkafetch.adapter.http.metrics;

import io.kafkafetch.adapter.http.server.Exchange;
import io.kafkafetch.adapter.http.server.RouteGroup;
import io.kafkafetch.adapter.http.server.Router;
import java.io.IOException;

/** What Prometheus scrapes. */
public final class MetricsRoutes implements RouteGroup {
  private final ServerMetrics metrics;

  /** Routes to these metrics. */
  public MetricsRoutes(ServerMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public String description() {
    return "metrics";
  }

  @Override
  public void register(Router router) {
    router.get("/metrics", this::scrape);
  }

  private void scrape(Exchange exchange) throws IOException {
    exchange.query().end();
    var format = ExpositionFormat.wanted(exchange.header("Accept"));
    exchange.answerPacked(200, format.contentType(), out -> metrics.write(out, format));
  }
}
