package io.kafkafetch.benchmarks.limit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kafkafetch.adapter.http.HttpSettings;
import io.kafkafetch.adapter.http.server.RouteGroup;
import io.kafkafetch.adapter.http.server.Router;
import io.kafkafetch.adapter.http.server.WebServer;
import java.util.List;

/** This server's own web server with one route: it takes a body and does nothing with it. */
final class NoOpServer implements RouteGroup {
  private static final byte[] ANSWER = "{\"success\":true}".getBytes(UTF_8);

  private NoOpServer() {}

  /** Starts it; the answer is its port. It lives as long as this process. */
  static double start() {
    // Closed by the end of the process, which has nothing else to do.
    @SuppressWarnings("resource")
    var server = new WebServer(HttpSettings.loopback(0), List.of(new NoOpServer()));
    server.start();
    return server.address().getPort();
  }

  @Override
  public String description() {
    return "none";
  }

  @Override
  public void register(Router router) {
    router.post(
        "/nothing",
        exchange -> {
          exchange.bytes();
          exchange.answer(200, "application/json", ANSWER);
        });
  }
}
