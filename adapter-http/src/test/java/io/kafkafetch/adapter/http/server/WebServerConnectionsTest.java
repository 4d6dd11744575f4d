package io.kafkafetch.adapter.http.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.adapter.http.HttpSettings;
import io.kafkafetch.adapter.http.HttpStartException;
import io.kafkafetch.adapter.http.RawHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The web server and its connections")
class WebServerConnectionsTest extends ServedRoutes {
  @Test
  @DisplayName("keeps a connection over several requests, unread small bodies included")
  void keepsConnections() throws Exception {
    var web =
        serve(
            router -> router.post("/x", ServedRoutes::answerOk).get("/x", ServedRoutes::answerOk));
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
    var sent = numbered(10 << 20);
    try (var socket = RawHttp.connect(web.address());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var sending =
          threads.submit(() -> {
            var out = socket.getOutputStream();
            out.write(
                ascii(
                    "POST /copy HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Content-Length: "
                        + sent.length
                        + "\r\n\r\n"));
            out.write(sent);
            return true;
          });
      var answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      assertTrue(sending.get(10, TimeUnit.SECONDS));
      int end = answer.indexOf("\r\n\r\n") + 4;
      assertTrue(answer.startsWith("HTTP/1.1 200 "), answer.substring(0, end));
      // Without a length and on a connection that closes, the body is what follows the head.
      assertFalse(answer.substring(0, end).contains("chunked"), answer.substring(0, end));
      assertArrayEquals(sent, ascii(answer.substring(end)));
    }
  }

  /** Bytes of which none can be missing, doubled or out of place unseen. */
  private static byte[] numbered(int length) {
    var bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      bytes.putInt(bytes.position());
    }
    return bytes.array();
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
    server.set(null);
  }

  private static boolean refuses(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return !socket.isConnected();
    } catch (IOException refused) {
      return true;
    }
  }
}
