package io.kafkafetch.adapter.http.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.adapter.http.HttpLimits;
import io.kafkafetch.adapter.http.HttpSettings;
import io.kafkafetch.adapter.http.HttpStartException;
import io.kafkafetch.adapter.http.RawHttp;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.domain.processor.Violation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The web server")
class WebServerTest {
  private static final HttpLimits SHORT =
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

  private final List<WebServer> servers = new ArrayList<>();

  @AfterEach
  void close() {
    servers.forEach(WebServer::close);
  }

  private WebServer serve(Consumer<Router> routes) {
    return serve(SHORT, routes);
  }

  private WebServer serve(HttpLimits limits, Consumer<Router> routes) {
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
    servers.add(opened);
    return opened;
  }

  private static String get(WebServer server, String path) throws IOException {
    return RawHttp.send(server.address(), "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }

  private static void answerOk(Exchange exchange) throws IOException {
    exchange.answer(200, out -> out.writeString("ok"));
  }

  @Test
  @DisplayName("answers each refusal of the application with its status")
  void refusals() throws Exception {
    var refusal = new AtomicReference<Refusal>();
    var web =
        serve(router ->
            router.get(
                "/x",
                _ -> {
                  throw refusal.get();
                }));
    var second = Duration.ofMillis(1_500);
    record Case(Refusal refusal, int status) {}
    for (var each :
        List.of(
            new Case(new Refusal.NotFound("No such thing"), 404),
            new Case(new Refusal.Invalid(List.of(new Violation("a", "must be b"))), 422),
            new Case(new Refusal.Conflict("Not now"), 409),
            new Case(new Refusal.StaleRevision("Stale"), 412),
            new Case(new Refusal.TooLarge("Large"), 413),
            new Case(new Refusal.Forbidden("No"), 403),
            new Case(new Refusal.TooMany("Many", second), 429),
            new Case(new Refusal.Unavailable("Away", second), 503),
            new Case(new Refusal.TimedOut("Slow"), 504))) {
      refusal.set(each.refusal);
      var answer = get(web, "/x");
      assertTrue(answer.startsWith("HTTP/1.1 " + each.status + " "), answer);
      assertTrue(answer.contains("\"detail\":\"" + each.refusal.detail() + "\""), answer);
      assertEquals(
          each.status == 429 || each.status == 503, answer.contains("Retry-After: 2"), answer);
    }
  }

  @Test
  @DisplayName("answers what nobody foresaw with a reference and nothing of its insides")
  void unforeseen() throws Exception {
    var web =
        serve(router ->
            router
                .get(
                    "/exception",
                    _ -> {
                      throw new IllegalStateException("password=hunter2");
                    })
                .get("/overflow", _ -> overflow(0))
                .get(
                    "/half",
                    exchange ->
                        exchange.answer(
                            200,
                            out -> {
                              out.writeStartArray();
                              out.writeString("a");
                              throw new IllegalStateException("in the middle");
                            })));
    for (var path : List.of("/exception", "/overflow", "/half")) {
      var answer = get(web, path);
      assertTrue(answer.startsWith("HTTP/1.1 500 "), answer);
      var id = answer.replaceAll("(?s).*X-Request-Id: (\\w+).*", "$1");
      assertTrue(answer.contains("under reference " + id + "."), answer);
      assertFalse(answer.contains("hunter2") || answer.contains("Exception"), answer);
    }
  }

  private static int overflow(int depth) {
    return depth == Integer.MAX_VALUE ? depth : overflow(depth + 1) + 1;
  }

  @Test
  @DisplayName("cuts the connection when a long answer fails, so that a part never looks whole")
  void cut() throws Exception {
    var web =
        serve(router ->
            router.get(
                "/long",
                exchange ->
                    exchange.answer(
                        200,
                        out -> {
                          out.writeStartArray();
                          for (int i = 0; i < 50_000; i++) {
                            out.writeString("a record of the list");
                          }
                          throw new IllegalStateException("in the middle");
                        })));
    try (var socket = RawHttp.connect(web.address())) {
      socket.getOutputStream().write(ascii("GET /long HTTP/1.1\r\nHost: localhost\r\n\r\n"));
      var seen = new StringBuilder();
      try {
        seen.append(new String(socket.getInputStream().readAllBytes(), UTF_8));
      } catch (IOException reset) {
        seen.append("reset");
      }
      assertFalse(seen.toString().endsWith("0\r\n\r\n"), "the answer looks complete");
    }
  }

  @Test
  @DisplayName("lets a handler wait for longer than a silent connection may live")
  void longWait() throws Exception {
    var release = new CountDownLatch(1);
    var web =
        serve(router ->
            router.get(
                "/wait",
                exchange -> {
                  release.await();
                  answerOk(exchange);
                }));
    try (var silent = RawHttp.connect(web.address());
        var waiting = RawHttp.connect(web.address())) {
      waiting.getOutputStream().write(ascii("GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n"));
      // The silent one is given up, twice over; the waiting one is not.
      assertEquals(-1, silent.getInputStream().read());
      try (var another = RawHttp.connect(web.address())) {
        assertEquals(-1, another.getInputStream().read());
      }
      release.countDown();
      assertTrue(RawHttp.answer(waiting.getInputStream()).startsWith("HTTP/1.1 200 "));
    }
  }

  @Test
  @DisplayName("gives up on a body that stops or trickles")
  void slowBodies() throws Exception {
    var web =
        serve(router -> router.post("/x", exchange -> answerOk(exchange, exchange.json().size())));
    var head = "POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n[";

    var stopped = RawHttp.send(web.address(), head);
    String trickled;
    try (var socket = RawHttp.connect(web.address());
        var ticks = Executors.newSingleThreadScheduledExecutor()) {
      socket.getOutputStream().write(ascii(head));
      var ticking =
          ticks.scheduleAtFixedRate(() -> writeOne(socket), 50, 50, TimeUnit.MILLISECONDS);
      trickled = RawHttp.answer(socket.getInputStream());
      ticking.cancel(true);
    }

    for (var answer : List.of(stopped, trickled)) {
      assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
      assertTrue(answer.contains("application/problem+json"), answer);
    }
  }

  private static void writeOne(Socket socket) {
    try {
      socket.getOutputStream().write(' ');
    } catch (IOException closed) {
      throw new IllegalStateException("The server has had enough", closed);
    }
  }

  private static void answerOk(Exchange exchange, int number) throws IOException {
    exchange.answer(200, out -> out.writeNumber(number));
  }

  @Test
  @DisplayName("holds no more bodies in memory than it may, and takes them again afterwards")
  void budget() throws Exception {
    var release = new CountDownLatch(1);
    var inside = new AtomicInteger();
    var web =
        serve(router ->
            router.post(
                "/hold",
                exchange -> {
                  int bytes = exchange.bytes().length;
                  inside.incrementAndGet();
                  release.await();
                  answerOk(exchange, bytes);
                }));
    var body = "x".repeat(600_000);
    var request = "POST /hold HTTP/1.1\r\nHost: localhost\r\nContent-Length: 600000\r\n\r\n" + body;
    var first = CompletableFuture.supplyAsync(() -> sent(web, request));
    await().until(() -> inside.get() == 1);

    var second = RawHttp.send(web.address(), request);
    release.countDown();

    assertTrue(second.startsWith("HTTP/1.1 503 "), second);
    assertTrue(second.contains("Retry-After: 1"), second);
    assertTrue(first.get(10, TimeUnit.SECONDS).startsWith("HTTP/1.1 200 "));
    assertTrue(RawHttp.send(web.address(), request).startsWith("HTTP/1.1 200 "));
  }

  private static String sent(WebServer web, String request) {
    try {
      return RawHttp.send(web.address(), request);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @DisplayName("takes no more requests at once than it may, and takes them again afterwards")
  void requests() throws Exception {
    var release = new CountDownLatch(1);
    var inside = new AtomicInteger();
    var web =
        serve(router ->
            router.get(
                "/wait",
                exchange -> {
                  inside.incrementAndGet();
                  release.await();
                  answerOk(exchange);
                }));
    var request = "GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n";
    var waiting = new ArrayList<CompletableFuture<String>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < SHORT.requests(); i++) {
        waiting.add(CompletableFuture.supplyAsync(() -> sent(web, request), threads));
      }
      await().until(() -> inside.get() == SHORT.requests());
      var beyond = get(web, "/wait");
      release.countDown();
      for (var one : waiting) {
        assertTrue(one.get(10, TimeUnit.SECONDS).startsWith("HTTP/1.1 200 "));
      }
      assertTrue(beyond.startsWith("HTTP/1.1 503 "), beyond);
    }
    await().until(() -> get(web, "/wait").startsWith("HTTP/1.1 200 "));
  }

  @Test
  @DisplayName("keeps a connection over several requests, unread small bodies included")
  void keepsConnections() throws Exception {
    var web =
        serve(router ->
            router.post("/x", WebServerTest::answerOk).get("/x", WebServerTest::answerOk));
    try (var socket = RawHttp.connect(web.address())) {
      for (int i = 0; i < 3; i++) {
        for (var request :
            List.of(
                "POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello",
                "POST /y HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello",
                "GET /x HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
          socket.getOutputStream().write(ascii(request));
          var answer = RawHttp.answer(socket.getInputStream());
          assertFalse(answer.contains("Connection: close"), answer);
          assertTrue(
              answer.startsWith(request.startsWith("POST /y") ? "HTTP/1.1 404" : "HTTP/1.1 200"),
              answer);
        }
      }
    }
  }

  @Test
  @DisplayName("streams bodies of any length in and answers of any length out")
  void streams() throws Exception {
    var web =
        serve(router ->
            router.post(
                "/copy",
                Route.UNLIMITED,
                exchange -> {
                  var in = exchange.stream();
                  exchange.answerStream(200, "application/x-ndjson", in::transferTo);
                }));
    int blocks = 40;
    var block = "x".repeat(1 << 18);
    try (var socket = RawHttp.connect(web.address());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var sending =
          threads.submit(() -> {
            var out = socket.getOutputStream();
            out.write(
                ascii(
                    "POST /copy HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Content-Length: "
                        + (long) blocks * block.length()
                        + "\r\n\r\n"));
            for (int i = 0; i < blocks; i++) {
              out.write(ascii(block));
            }
            return true;
          });
      var answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      assertTrue(sending.get(10, TimeUnit.SECONDS));
      assertTrue(answer.startsWith("HTTP/1.1 200 "));
      var body = answer.substring(answer.indexOf("\r\n\r\n"));
      assertEquals((long) blocks * block.length(), body.chars().filter(c -> c == 'x').count());
    }
  }

  @Test
  @DisplayName("tells a handler when its answer could not be delivered")
  void clientGone() throws Exception {
    var outcome = new CompletableFuture<String>();
    var asked = new CountDownLatch(1);
    var gone = new CountDownLatch(1);
    var web =
        serve(router ->
            router.get(
                "/records",
                exchange -> {
                  asked.countDown();
                  gone.await();
                  try {
                    exchange.answer(200, "text/plain", new byte[32 << 20]);
                    outcome.complete("delivered");
                  } catch (ClientGoneException e) {
                    outcome.complete("gone");
                    throw e;
                  }
                }));
    try (var socket = RawHttp.connect(web.address())) {
      socket.getOutputStream().write(ascii("GET /records HTTP/1.1\r\nHost: localhost\r\n\r\n"));
      asked.await();
      socket.setSoLinger(true, 0);
    }
    gone.countDown();

    assertEquals("gone", outcome.get(10, TimeUnit.SECONDS));
  }

  @Test
  @DisplayName("gives up on a caller who does not read")
  void slowReader() throws Exception {
    var outcome = new CompletableFuture<String>();
    var web =
        serve(router ->
            router.get(
                "/records",
                exchange -> {
                  try {
                    exchange.answer(200, "text/plain", new byte[64 << 20]);
                    outcome.complete("delivered");
                  } catch (ClientGoneException e) {
                    outcome.complete("gone");
                    throw e;
                  }
                }));
    try (var socket = RawHttp.connect(web.address())) {
      socket.getOutputStream().write(ascii("GET /records HTTP/1.1\r\nHost: localhost\r\n\r\n"));
      assertEquals("gone", outcome.get(10, TimeUnit.SECONDS));
    }
  }

  @Test
  @DisplayName("says in one sentence that its port is taken")
  void portTaken() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var settings = HttpSettings.loopback(taken.getLocalPort());

      var failure =
          assertThrows(HttpStartException.class, new WebServer(settings, List.of())::start);

      assertEquals(
          "Port "
              + taken.getLocalPort()
              + " on 127.0.0.1 is taken; set HTTP_PORT to another one, or to 0 for a free one.",
          failure.getMessage());
    }
    var unknown = new HttpSettings(Optional.of("no.such.host.invalid"), 0, Set.of(), SHORT);
    assertThrows(HttpStartException.class, () -> new WebServer(unknown, List.of()));
  }

  @Test
  @DisplayName("lets requests in progress end when it stops, but not for ever")
  void stops() throws Exception {
    var inside = new CountDownLatch(2);
    var release = new CountDownLatch(1);
    var never = new CountDownLatch(1);
    var web =
        serve(router ->
            router
                .get(
                    "/short",
                    exchange -> {
                      inside.countDown();
                      release.await();
                      answerOk(exchange);
                    })
                .get(
                    "/endless",
                    exchange -> {
                      inside.countDown();
                      never.await();
                      answerOk(exchange);
                    }));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var endless = RawHttp.connect(web.address())) {
      endless.getOutputStream().write(ascii("GET /endless HTTP/1.1\r\nHost: localhost\r\n\r\n"));
      var last =
          CompletableFuture.supplyAsync(
              () -> sent(web, "GET /short HTTP/1.1\r\nHost: localhost\r\n\r\n"), threads);
      inside.await();
      var address = web.address();
      var closing = CompletableFuture.runAsync(web::close, threads);
      await().until(() -> refuses(address.getPort()));
      release.countDown();

      assertTrue(last.get(10, TimeUnit.SECONDS).startsWith("HTTP/1.1 200 "));
      closing.get(10, TimeUnit.SECONDS);
      assertEquals("", RawHttp.answer(endless.getInputStream()));
      never.countDown();
    }
    servers.clear();
  }

  private static boolean refuses(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return !socket.isConnected();
    } catch (IOException refused) {
      return true;
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
