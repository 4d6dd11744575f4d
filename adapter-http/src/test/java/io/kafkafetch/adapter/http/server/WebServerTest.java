package io.kafkafetch.adapter.http.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.adapter.http.RawHttp;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.domain.processor.Violation;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The web server")
class WebServerTest extends ServedRoutes {
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
}
