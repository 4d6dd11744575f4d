package io.kafkafetch.adapter.http.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.kafkafetch.adapter.http.HttpLimits;
import io.kafkafetch.adapter.http.HttpSettings;
import io.kafkafetch.adapter.http.RawHttp;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** A web server with the routes of one test, on limits that a test can reach. */
abstract class ServedRoutes {
  static final HttpLimits SHORT =
      new HttpLimits(
          64,
          8,
          1 << 20,
          Duration.ofMillis(400),
          Duration.ofMillis(300),
          1_000,
          8 << 20,
          Duration.ofMillis(500),
          Duration.ofMillis(1_500));

  final AtomicReference<@Nullable WebServer> server = new AtomicReference<>();

  @AfterEach
  final void close() {
    var open = server.get();
    if (open != null) {
      open.close();
    }
  }

  final WebServer serve(Consumer<Router> routes) {
    return serve(SHORT, routes);
  }

  final WebServer serve(HttpLimits limits, Consumer<Router> routes) {
    var group =
        new RouteGroup() {
          @Override
          public void register(Router router) {
            routes.accept(router);
          }

          @Override
          public String description() {
            return "test";
          }
        };
    var settings = new HttpSettings(Optional.empty(), 0, Set.of(), limits);
    var opened = new WebServer(settings, List.of(group));
    opened.start();
    server.set(opened);
    return opened;
  }

  static String get(WebServer server, String path) throws IOException {
    return RawHttp.send(server.address(), "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }

  static void answerOk(Exchange exchange) throws IOException {
    exchange.answer(200, out -> out.writeString("ok"));
  }

  static void answerOk(Exchange exchange, int number) throws IOException {
    exchange.answer(200, out -> out.writeNumber(number));
  }

  static String sent(WebServer web, String request) {
    try {
      return RawHttp.send(web.address(), request);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] ascii(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
