package io.kafkafetch.adapter.processors.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.adapter.processors.http.Forwarders.Running;
import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each answer of a server, and the lack of one, means for a record. */
class AnswersTest {
  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204, 299})
  void a_2xx_is_a_delivery(int status) throws IOException {
    try (var endpoint = Endpoint.that((_, peer) -> peer.status(status));
        var forwarder = Running.to(endpoint.url())) {
      assertEquals(Outcome.DELIVERED, forwarder.deliver(Records.numbered(0, 3)));
      assertEquals(List.of("orders-2-0", "orders-2-1", "orders-2-2"), endpoint.keys());
      assertEquals(1, endpoint.connections());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 501, 502, 503, 504, 599})
  void these_are_transient(int status) throws IOException {
    var cause = assertInstanceOf(Cause.Transient.class, causeOf(status));
    assertTrue(cause.reason().endsWith("answered " + status), cause.reason());
    assertEquals(Optional.empty(), cause.retryAfter());
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 407, 300, 301, 302, 303, 304, 307, 308})
  void these_need_a_person(int status) throws IOException {
    var cause = assertInstanceOf(Cause.Fatal.class, causeOf(status));
    assertTrue(cause.reason().contains("answered " + status + ": "), cause.reason());
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 402, 405, 406, 409, 410, 413, 415, 422, 451, 499})
  void the_other_4xx_refuse_that_record_alone(int status) throws IOException {
    assertEquals(1, assertInstanceOf(Cause.Poison.class, causeOf(status)).suspects());
  }

  private static Cause causeOf(int status) throws IOException {
    try (var endpoint =
            Endpoint.that((seen, peer) ->
                peer.status(seen.header("kafka-offset").equals("1") ? status : 200));
        var forwarder = Running.to(endpoint.url())) {
      var stopped = forwarder.refused(Records.numbered(0, 3));
      assertEquals(1, stopped.delivered());
      assertEquals(List.of("orders-2-0", "orders-2-1"), endpoint.keys());
      return stopped.cause();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "7, PT7S",
    "0, PT0S",
    "99999999999999, PT1H",
    "'Sat, 21 Nov 2026 10:02:00 GMT', PT2M",
    "'Sat, 21 Nov 2026 09:00:00 GMT', PT0S",
    "'Sun, 22 Nov 2026 10:00:00 GMT', PT1H",
    "soon, ",
  })
  void a_server_that_names_a_time_is_left_alone_for_it(String retryAfter, Duration wait)
      throws IOException {
    try (var endpoint = Endpoint.that((_, peer) -> peer.status(503, "Retry-After: " + retryAfter));
        var forwarder = Running.to(endpoint.url())) {
      var cause = assertInstanceOf(Cause.Transient.class, forwarder.cause(Records.numbered(0, 1)));
      assertEquals(Optional.ofNullable(wait), cause.retryAfter());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not http at all\r\n\r\n",
        "HTTP/1.1 abc Hm\r\n\r\n",
        "HTTP/1.1 200",
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        "HTTP/1.1 200 OK\r\nContent-Length: minus\r\n\r\n",
        "HTTP/1.1 999 Strange\r\nContent-Length: 0\r\n\r\n",
        ""
      })
  void garbage_and_halves_are_transient(String answer) throws IOException {
    try (var endpoint =
            Endpoint.that((_, peer) -> {
              peer.raw(answer);
              peer.socket().close();
            });
        var forwarder = Running.to(endpoint.url())) {
      assertInstanceOf(Cause.Transient.class, forwarder.cause(Records.numbered(0, 1)));
      endpoint.now(Endpoint.OK);
      assertEquals(Outcome.DELIVERED, forwarder.deliver(Records.numbered(0, 1)));
    }
  }

  @Test
  void a_reset_in_the_middle_is_transient_and_the_prefix_counts() throws IOException {
    try (var endpoint =
            Endpoint.that((seen, peer) -> {
              if (seen.header("kafka-offset").equals("2")) {
                peer.reset();
              } else {
                peer.status(200);
              }
            });
        var forwarder = Running.to(endpoint.url())) {
      var stopped = forwarder.refused(Records.numbered(0, 5));
      assertEquals(2, stopped.delivered());
      assertInstanceOf(Cause.Transient.class, stopped.cause());
    }
  }

  @Test
  void a_server_that_says_nothing_is_given_up_after_the_timeout() throws Exception {
    var release = new CountDownLatch(1);
    try (var endpoint = Endpoint.that((_, _) -> release.await());
        var forwarder = Running.to(endpoint.url(), "timeout_ms", 300L)) {
      var cause = assertInstanceOf(Cause.Transient.class, forwarder.cause(Records.numbered(0, 1)));
      assertTrue(cause.reason().contains("timeout_ms"), cause.reason());
      release.countDown();
    }
  }

  @Test
  void a_server_that_takes_no_bytes_is_given_up_after_the_timeout() throws IOException {
    try (var deaf = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var forwarder = Running.to("http://localhost:" + deaf.getLocalPort(), "timeout_ms", 300L)) {
      var large = Records.none().andBytes(0, null, new byte[32 << 20]);
      assertInstanceOf(Cause.Transient.class, forwarder.cause(large));
    }
  }

  @Test
  void an_answer_that_drips_is_given_up_after_the_timeout() throws IOException {
    try (var endpoint =
            Endpoint.that((_, peer) -> {
              peer.raw("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
              while (true) {
                peer.raw("x");
                LockSupport.parkNanos(20_000_000);
              }
            });
        var forwarder = Running.to(endpoint.url(), "timeout_ms", 500L)) {
      var cause = assertInstanceOf(Cause.Transient.class, forwarder.cause(Records.numbered(0, 1)));
      assertTrue(cause.reason().contains("timeout_ms"), cause.reason());
    }
  }

  @Test
  void an_answer_that_never_ends_is_not_read_to_the_end() throws IOException {
    try (var endpoint =
            Endpoint.that((_, peer) -> {
              peer.raw("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n");
              while (true) {
                peer.raw("x".repeat(4096));
              }
            });
        var forwarder = Running.to(endpoint.url())) {
      assertEquals(Outcome.DELIVERED, forwarder.deliver(Records.numbered(0, 2)));
      assertEquals(2, endpoint.connections());
    }
  }

  @Test
  void a_short_answer_is_read_away_and_the_connection_kept() throws IOException {
    try (var endpoint =
            Endpoint.that(
                (_, peer) -> peer.raw("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"));
        var forwarder = Running.to(endpoint.url())) {
      assertEquals(Outcome.DELIVERED, forwarder.deliver(Records.numbered(0, 20)));
      assertEquals(1, endpoint.connections());
    }
  }

  @Test
  void a_connection_that_the_server_closed_between_requests_costs_no_retry() throws IOException {
    try (var endpoint =
            Endpoint.that((_, peer) -> {
              peer.status(200);
              peer.socket().close();
            });
        var forwarder = Running.to(endpoint.url())) {
      assertEquals(Outcome.DELIVERED, forwarder.deliver(Records.numbered(0, 10)));
      assertEquals(10, endpoint.seen().size());
    }
  }

  @Test
  void a_refusal_of_a_large_body_is_seen_although_it_was_not_read() throws IOException {
    try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var forwarder = Running.to("http://localhost:" + server.getLocalPort())) {
      Thread.ofVirtual()
          .start(() -> {
            try (var socket = server.accept()) {
              var peer = new Endpoint.Peer(socket, socket.getOutputStream());
              assertTrue(socket.getInputStream().read() > 0);
              peer.status(413, "Connection: close");
              socket.shutdownOutput();
              // Reads on for a while, as a polite server does, so that the answer is not reset.
              socket.getInputStream().readNBytes(1 << 20);
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          });
      var large = Records.none().andBytes(0, null, new byte[16 << 20]);
      assertInstanceOf(Cause.Poison.class, forwarder.cause(large));
    }
  }

  @Test
  void a_server_that_is_not_there_is_transient() throws IOException {
    int port;
    try (var gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = gone.getLocalPort();
    }
    try (var forwarder = Running.to("http://localhost:" + port + "/x")) {
      var cause = assertInstanceOf(Cause.Transient.class, forwarder.cause(Records.numbered(0, 1)));
      assertTrue(cause.reason().contains("takes no connection"), cause.reason());
    }
  }
}
