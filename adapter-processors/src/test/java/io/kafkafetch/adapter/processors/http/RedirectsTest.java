package io.kafkafetch.adapter.processors.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.adapter.processors.http.Forwarders.Running;
import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.Outcome;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a forwarder does when it is sent elsewhere. */
class RedirectsTest {
  @ParameterizedTest
  @ValueSource(ints = {307, 308})
  void a_redirect_keeps_method_body_and_headers(int status) throws IOException {
    try (var endpoint =
            Endpoint.that((seen, peer) -> {
              if (seen.target().equals("/there")) {
                peer.status(200);
              } else {
                peer.status(status, "Location: /there");
              }
            });
        var forwarder =
            Running.to(
                endpoint.url(),
                "method",
                "PUT",
                "headers",
                java.util.Map.of("Authorization", "secret"))) {
      assertEquals(Outcome.DELIVERED, forwarder.deliver(Records.numbered(5, 1)));
      var last = endpoint.seen().getLast();
      assertEquals("PUT", last.method());
      assertEquals("{\"n\":5}", last.text());
      assertEquals("secret", last.header("authorization"));
      assertEquals("orders-2-5", last.header("idempotency-key"));
    }
  }

  @Test
  void secret_headers_stay_at_home_when_another_origin_is_asked() throws IOException {
    try (var other = Endpoint.that(Endpoint.OK);
        var endpoint = Endpoint.that((_, peer) -> peer.status(307, "Location: " + other.url()));
        var forwarder =
            Running.to(
                endpoint.url(),
                "headers",
                java.util.Map.of("Authorization", "secret", "X-Api-Key", "secret"))) {
      assertEquals(Outcome.DELIVERED, forwarder.deliver(Records.numbered(5, 1)));
      assertEquals("secret", endpoint.seen().getFirst().header("x-api-key"));
      var seen = other.seen().getFirst();
      assertEquals("", seen.header("x-api-key"));
      assertEquals("", seen.header("authorization"));
      assertEquals("orders-2-5", seen.header("idempotency-key"));
      assertEquals("application/json", seen.header("content-type"));
    }
  }

  @Test
  void a_redirect_to_a_forbidden_address_is_fatal_and_goes_nowhere() throws IOException {
    try (var inner = Endpoint.that(Endpoint.OK);
        var endpoint =
            Endpoint.that(
                (_, peer) -> peer.status(307, "Location: http://127.0.0.2:" + inner.port() + "/"));
        var forwarder = Running.to(endpoint.url())) {
      var cause = assertInstanceOf(Cause.Fatal.class, forwarder.cause(Records.numbered(0, 1)));
      assertTrue(cause.reason().contains("127.0.0.2"), cause.reason());
      assertEquals(0, inner.connections());
    }
  }

  @Test
  void redirects_in_a_circle_end_after_five() throws IOException {
    try (var endpoint = Endpoint.that((_, peer) -> peer.status(308, "Location: /again"));
        var forwarder = Running.to(endpoint.url())) {
      var cause = assertInstanceOf(Cause.Fatal.class, forwarder.cause(Records.numbered(0, 1)));
      assertTrue(cause.reason().contains("more than 5 times"), cause.reason());
      assertEquals(6, endpoint.seen().size());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Location: ftp://example.com/",
        "Location: http://u:p@localhost/",
        "Location: http:///x",
        "Location: http://local host/",
        "X: no location"
      })
  void a_redirect_to_nowhere_is_fatal(String location) throws IOException {
    try (var endpoint = Endpoint.that((_, peer) -> peer.status(307, location));
        var forwarder = Running.to(endpoint.url())) {
      assertInstanceOf(Cause.Fatal.class, forwarder.cause(Records.numbered(0, 1)));
    }
  }
}
