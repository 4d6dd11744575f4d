package io.kafkafetch.adapter.processors.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.adapter.processors.http.Forwarders.Running;
import io.kafkafetch.adapter.processors.http.Http2Endpoint.Said;
import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Endpoints behind TLS, by HTTP/1.1 and HTTP/2. */
class TlsTest {
  @TempDir static Path folder;
  private static Certificate localhost;

  @BeforeAll
  static void aCertificateForLocalhost() throws Exception {
    localhost = Certificate.of("localhost", folder);
  }

  private static Running trusting(SSLContext tls, String url, Object... more) {
    return Running.of(
        new StreamingForwarderFactory(NameResolver.SYSTEM, () -> tls),
        Forwarders.config(url, more),
        "localhost");
  }

  private static Endpoint http1(Endpoint.Behaviour behaviour) throws Exception {
    return Endpoint.on(localhost.shown().getServerSocketFactory(), behaviour);
  }

  private static String url(Endpoint endpoint) {
    return "https://localhost:" + endpoint.port() + "/hook";
  }

  @Test
  void a_server_without_http_2_is_spoken_with_by_http_1_1() throws Exception {
    try (var endpoint = http1(Endpoint.OK);
        var forwarder = trusting(localhost.trusted(), url(endpoint))) {
      assertEquals(Outcome.DELIVERED, forwarder.deliver(Records.numbered(0, 50)));
      assertEquals(50, endpoint.seen().size());
      assertEquals(1, endpoint.connections());
    }
  }

  @Test
  void an_answer_without_an_end_is_given_up_and_its_connection_cut() throws Exception {
    var cut = new CountDownLatch(1);
    var piece = "x".repeat(1 << 16);
    try (var endpoint =
            http1((_, peer) -> {
              peer.raw("HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\n");
              try {
                while (true) {
                  peer.raw(piece);
                }
              } catch (IOException e) {
                cut.countDown();
                peer.socket().close();
              }
            });
        var forwarder = trusting(localhost.trusted(), url(endpoint))) {
      var outcome = CompletableFuture.supplyAsync(() -> forwarder.deliver(Records.numbered(0, 1)));

      assertEquals(Outcome.DELIVERED, outcome.get(20, TimeUnit.SECONDS));
      assertTrue(cut.await(20, TimeUnit.SECONDS));
    }
  }

  @Test
  void a_certificate_that_nobody_trusts_is_fatal() throws Exception {
    try (var endpoint = http1(Endpoint.OK);
        var forwarder = trusting(SSLContext.getDefault(), url(endpoint))) {
      var cause = assertInstanceOf(Cause.Fatal.class, forwarder.cause(Records.numbered(0, 1)));
      assertTrue(cause.reason().contains("is not trusted"), cause.reason());
    }
  }

  @Test
  void a_certificate_for_another_host_is_fatal() throws Exception {
    NameResolver anyName = _ -> new InetAddress[] {InetAddress.getLoopbackAddress()};
    var tls = localhost.trusted();
    try (var endpoint = http1(Endpoint.OK);
        var forwarder =
            Running.of(
                new StreamingForwarderFactory(anyName, () -> tls),
                Forwarders.config("https://other.example:" + endpoint.port()),
                "other.example")) {
      assertInstanceOf(Cause.Fatal.class, forwarder.cause(Records.numbered(0, 1)));
      assertEquals(0, endpoint.seen().size());
    }
  }

  @Test
  void a_server_that_does_not_speak_tls_is_transient() throws Exception {
    try (var endpoint = Endpoint.that(Endpoint.OK);
        var forwarder = trusting(localhost.trusted(), url(endpoint), "timeout_ms", 500L)) {
      assertInstanceOf(Cause.Transient.class, forwarder.cause(Records.numbered(0, 1)));
    }
  }

  @Test
  void a_handshake_that_is_not_answered_is_given_up_after_the_timeout() throws Exception {
    try (var deaf = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var forwarder =
            trusting(
                localhost.trusted(),
                "https://localhost:" + deaf.getLocalPort(),
                "timeout_ms",
                300L)) {
      var cause = assertInstanceOf(Cause.Transient.class, forwarder.cause(Records.numbered(0, 1)));
      assertTrue(cause.reason().contains("timeout_ms"), cause.reason());
    }
  }

  @Test
  void a_redirect_from_https_to_http_is_fatal() throws Exception {
    try (var plain = Endpoint.that(Endpoint.OK);
        var endpoint = http1((_, peer) -> peer.status(308, "Location: " + plain.url()));
        var forwarder = trusting(localhost.trusted(), url(endpoint))) {
      assertInstanceOf(Cause.Fatal.class, forwarder.cause(Records.numbered(0, 1)));
      assertEquals(0, plain.connections());
    }
  }

  @Test
  void a_server_with_http_2_is_spoken_with_by_it_over_one_connection() throws Exception {
    try (var endpoint = new Http2Endpoint(localhost.shown(), _ -> Said.status(200));
        var forwarder = trusting(localhost.trusted(), endpoint.url(), "max_in_flight", 32L)) {
      assertEquals(Outcome.DELIVERED, forwarder.deliver(Records.numbered(0, 1000)));
      assertEquals(1000, endpoint.seen.size());
      assertEquals(Set.of("HTTP/2.0"), versions(endpoint));
      assertEquals(1, endpoint.seen.stream().map(Http2Endpoint.Seen::peer).distinct().count());
      var keys = new HashSet<String>();
      endpoint.seen.forEach(seen -> keys.add(seen.key() + seen.body()));
      assertEquals(1000, keys.size());
      assertTrue(keys.contains("orders-2-999{\"n\":999}"));
    }
  }

  @Test
  void http_1_1_can_be_insisted_on() throws Exception {
    try (var endpoint = new Http2Endpoint(localhost.shown(), _ -> Said.status(200));
        var forwarder = trusting(localhost.trusted(), endpoint.url(), "http_version", "1.1")) {
      assertEquals(Outcome.DELIVERED, forwarder.deliver(Records.numbered(0, 10)));
      assertEquals(Set.of("HTTP/1.1"), versions(endpoint));
    }
  }

  private static Set<String> versions(Http2Endpoint endpoint) {
    return endpoint.seen.stream().map(Http2Endpoint.Seen::version).collect(Collectors.toSet());
  }

  @ParameterizedTest
  @CsvSource({"400, Poison", "401, Fatal", "429, Transient", "503, Transient"})
  void answers_mean_the_same_by_http_2(int status, String kind) throws Exception {
    try (var endpoint =
            new Http2Endpoint(
                localhost.shown(),
                seen -> Said.status(seen.key().equals("orders-2-2") ? status : 200));
        var forwarder = trusting(localhost.trusted(), endpoint.url())) {
      var stopped = forwarder.refused(Records.numbered(0, 4));
      assertEquals(2, stopped.delivered());
      assertEquals(kind, stopped.cause().getClass().getSimpleName());
      if (status == 429) {
        assertEquals(
            Optional.of(Duration.ofSeconds(3)),
            assertInstanceOf(Cause.Transient.class, stopped.cause()).retryAfter());
      }
    }
  }

  @Test
  void a_long_answer_by_http_2_is_not_read_to_the_end() throws Exception {
    try (var endpoint = new Http2Endpoint(localhost.shown(), _ -> new Said(200, 8 << 20, false));
        var forwarder = trusting(localhost.trusted(), endpoint.url())) {
      assertEquals(Outcome.DELIVERED, forwarder.deliver(Records.numbered(0, 20)));
      // The rest of an answer is refused without ending the connection that requests share.
      assertEquals(1, endpoint.seen.stream().map(Http2Endpoint.Seen::peer).distinct().count());
    }
  }

  @Test
  void a_tombstone_and_a_large_value_go_by_http_2_too() throws Exception {
    try (var endpoint = new Http2Endpoint(localhost.shown(), _ -> Said.status(204));
        var forwarder = trusting(localhost.trusted(), endpoint.url())) {
      var records = Records.none().and(0, "k", null).and(1, "k", "x".repeat(3 << 20));
      assertEquals(Outcome.DELIVERED, forwarder.deliver(records));
      assertEquals(3 << 20, endpoint.seen.getLast().body().length());
    }
  }

  @Test
  void an_http_2_server_that_falls_silent_is_given_up_and_found_again() throws Exception {
    try (var endpoint = new Http2Endpoint(localhost.shown(), _ -> new Said(0, 0, true));
        var forwarder = trusting(localhost.trusted(), endpoint.url(), "timeout_ms", 1000L)) {
      var cause = assertInstanceOf(Cause.Transient.class, forwarder.cause(Records.numbered(0, 1)));
      assertTrue(cause.reason().contains("timeout_ms"), cause.reason());
      endpoint.now(_ -> Said.status(200));
      await()
          .untilAsserted(
              () -> assertEquals(Outcome.DELIVERED, forwarder.deliver(Records.numbered(0, 3))));
    }
  }

  @Test
  void an_untrusted_http_2_server_is_fatal_and_a_lost_one_transient() throws Exception {
    var endpoint = new Http2Endpoint(localhost.shown(), _ -> Said.status(200));
    try (endpoint;
        var strict = trusting(SSLContext.getDefault(), endpoint.url());
        var forwarder = trusting(localhost.trusted(), endpoint.url())) {
      assertInstanceOf(Cause.Fatal.class, strict.cause(Records.numbered(0, 1)));
      assertEquals(Outcome.DELIVERED, forwarder.deliver(Records.numbered(0, 3)));
      endpoint.close();
      assertInstanceOf(Cause.Transient.class, forwarder.cause(Records.numbered(3, 1)));
      assertInstanceOf(Cause.Transient.class, forwarder.cause(Records.numbered(3, 1)));
    }
  }

  @Test
  void by_http_2_too_a_name_that_turns_to_a_forbidden_address_is_refused() throws Exception {
    var address = new AtomicReference<>("127.0.0.1");
    NameResolver turning =
        _ -> new InetAddress[] {InetAddress.ofLiteral(Objects.requireNonNull(address.get()))};
    var tls = localhost.trusted();
    var endpoint = new Http2Endpoint(localhost.shown(), _ -> Said.status(200));
    try (endpoint;
        var forwarder =
            Running.of(
                new StreamingForwarderFactory(turning, () -> tls),
                Forwarders.config(endpoint.url()),
                "127.0.0.1")) {
      assertEquals(Outcome.DELIVERED, forwarder.deliver(Records.numbered(0, 3)));
      assertEquals(Set.of("HTTP/2.0"), versions(endpoint));
      address.set("10.0.0.1");
      endpoint.close();
      await().until(() -> forwarder.cause(Records.numbered(3, 1)) instanceof Cause.Fatal);
    }
  }
}
