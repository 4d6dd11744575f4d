package io.kafkafetch.adapter.processors.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.adapter.processors.http.Forwarders.Running;
import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.hc.core5.http.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in a request. */
class RequestsTest {
  @Test
  void a_request_carries_the_value_unchanged_and_where_it_comes_from() throws IOException {
    var value = new byte[] {0, 1, (byte) 0xff, '\n', '\r'};
    try (var endpoint = Endpoint.that(Endpoint.OK);
        var forwarder = Running.to(endpoint.url(), "headers", Map.of("X-Team", "blue"))) {
      var records =
          Records.none().andBytes(42, "customer 7".getBytes(StandardCharsets.UTF_8), value);
      assertEquals(Outcome.DELIVERED, forwarder.deliver(records));
      var seen = endpoint.seen().getFirst();
      assertEquals("POST", seen.method());
      assertEquals("/hook?a=b", seen.target());
      assertEquals(List.of(0, 1, 255, 10, 13), ints(seen.body()));
      assertEquals("localhost:" + endpoint.port(), seen.header("Host"));
      assertEquals("5", seen.header("Content-Length"));
      assertEquals("application/json", seen.header("Content-Type"));
      assertEquals("kafka-fetch-server", seen.header("User-Agent"));
      assertEquals("blue", seen.header("X-Team"));
      assertEquals("orders-2-42", seen.header("Idempotency-Key"));
      assertEquals("orders", seen.header("Kafka-Topic"));
      assertEquals("topic-id-1", seen.header("Kafka-Topic-Id"));
      assertEquals("2", seen.header("Kafka-Partition"));
      assertEquals("42", seen.header("Kafka-Offset"));
      assertEquals("1700000000042", seen.header("Kafka-Timestamp"));
      assertEquals("customer 7", seen.header("Kafka-Key"));
      assertFalse(seen.headers().containsKey("webhook-id"));
    }
  }

  @Test
  void a_tombstone_has_no_body_and_says_so() throws IOException {
    try (var endpoint = Endpoint.that(Endpoint.OK);
        var forwarder = Running.to(endpoint.url())) {
      forwarder.deliver(Records.none().and(1, "k", null).and(2, "k", ""));
      var tombstone = endpoint.seen().getFirst();
      assertEquals("0", tombstone.header("Content-Length"));
      assertEquals("true", tombstone.header("Kafka-Tombstone"));
      assertFalse(tombstone.headers().containsKey("content-type"));
      assertFalse(endpoint.seen().getLast().headers().containsKey("kafka-tombstone"));
    }
  }

  @Test
  void a_key_that_is_no_header_text_is_encoded_and_a_long_one_measured() throws IOException {
    try (var endpoint = Endpoint.that(Endpoint.OK);
        var forwarder = Running.to(endpoint.url())) {
      var injected = "a\r\nX-Evil: 1";
      forwarder.deliver(
          Records.none().and(1, injected, "1").and(2, "k".repeat(5000), "1").and(3, null, "1"));
      var seen = endpoint.seen();
      assertEquals(
          injected,
          new String(
              Base64.getDecoder().decode(seen.getFirst().header("Kafka-Key-Base64")),
              StandardCharsets.UTF_8));
      assertFalse(seen.getFirst().headers().containsKey("x-evil"));
      assertEquals("5000", seen.get(1).header("Kafka-Key-Length"));
      assertFalse(
          seen.get(2).headers().keySet().stream().anyMatch(name -> name.startsWith("kafka-key")));
    }
  }

  @Test
  void a_content_type_of_the_users_own_wins() throws IOException {
    try (var endpoint = Endpoint.that(Endpoint.OK);
        var forwarder =
            Running.to(endpoint.url(), "headers", Map.of("content-type", "text/plain"))) {
      forwarder.deliver(Records.numbered(0, 1));
      assertEquals("text/plain", endpoint.seen().getFirst().header("Content-Type"));
    }
  }

  @Test
  void json_batches_are_arrays_within_both_limits() throws IOException {
    try (var endpoint = Endpoint.that(Endpoint.OK);
        var forwarder = Running.to(endpoint.url(), "batch", "json", "batch_max_records", 3L)) {
      var records = Records.numbered(10, 4).and(20, null, null).and(21, null, " \"x\\n\" ");
      assertEquals(Outcome.DELIVERED, forwarder.deliver(records));
      var seen = endpoint.seen();
      assertEquals("[{\"n\":10},{\"n\":11},{\"n\":12}]", seen.getFirst().text());
      assertEquals("[{\"n\":13},null, \"x\\n\" ]", seen.getLast().text());
      assertEquals("application/json", seen.getLast().header("Content-Type"));
      assertEquals("13", seen.getLast().header("Kafka-Offset"));
      assertEquals("21", seen.getLast().header("Kafka-Last-Offset"));
      assertEquals("3", seen.getLast().header("Kafka-Record-Count"));
      assertEquals(List.of("orders-2-10..12", "orders-2-13..21"), endpoint.keys());
    }
  }

  @Test
  void a_batch_is_no_longer_than_its_bytes_unless_it_is_one_record() throws IOException {
    try (var endpoint = Endpoint.that(Endpoint.OK);
        var forwarder = Running.to(endpoint.url(), "batch", "json", "batch_max_bytes", 20L)) {
      var records =
          Records.numbered(0, 4).and(9, null, "\"" + "x".repeat(100) + "\"").and(10, null, "1");
      assertEquals(Outcome.DELIVERED, forwarder.deliver(records));
      assertEquals(
          List.of("orders-2-0..1", "orders-2-2..3", "orders-2-9..9", "orders-2-10..10"),
          endpoint.keys());
      assertTrue(endpoint.seen().getFirst().body().length <= 20);
    }
  }

  @Test
  void ndjson_puts_each_value_on_its_line() throws IOException {
    try (var endpoint = Endpoint.that(Endpoint.OK);
        var forwarder = Running.to(endpoint.url(), "batch", "ndjson")) {
      var pretty = "{\r\n  \"a\": \"b\\n\"\n}";
      forwarder.deliver(Records.numbered(0, 1).and(1, null, pretty).and(2, null, null));
      var seen = endpoint.seen().getFirst();
      assertEquals("{\"n\":0}\n{    \"a\": \"b\\n\" }\nnull\n", seen.text());
      assertEquals("application/x-ndjson", seen.header("Content-Type"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "text",
        "{",
        "[1",
        "{\"a\":1}}",
        "1 2",
        "\ufeff{}",
        "{'a':1}",
        "nul",
        "\"a\nb\"",
        "{}\u0000",
        "[1,]",
        "01"
      })
  void a_value_that_is_not_json_is_poison_alone(String value) throws IOException {
    try (var endpoint = Endpoint.that(Endpoint.OK);
        var forwarder = Running.to(endpoint.url(), "batch", "json")) {
      var records = Records.numbered(0, 2).and(2, null, value).and(3, null, "1");
      var stopped = forwarder.refused(records);
      assertEquals(2, stopped.delivered());
      assertEquals(1, assertInstanceOf(Cause.Poison.class, stopped.cause()).suspects());
      assertEquals(List.of("[{\"n\":0},{\"n\":1}]"), texts(endpoint));
      assertEquals(Outcome.DELIVERED, forwarder.deliver(records.slice(3, 4)));
    }
  }

  @Test
  void json_in_another_encoding_is_poison_too() throws IOException {
    try (var endpoint = Endpoint.that(Endpoint.OK);
        var forwarder = Running.to(endpoint.url(), "batch", "json")) {
      for (var charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
        var value = "{\"a\":1}".getBytes(charset);
        assertInstanceOf(
            Cause.Poison.class, forwarder.cause(Records.none().andBytes(0, null, value)));
      }
      assertEquals(List.of(), endpoint.seen());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "\n", "two\nlines", "{\"a\":\r1"})
  void a_value_that_fits_into_no_line_is_poison_alone(String value) throws IOException {
    try (var endpoint = Endpoint.that(Endpoint.OK);
        var forwarder = Running.to(endpoint.url(), "batch", "ndjson")) {
      var stopped = forwarder.refused(Records.numbered(0, 1).and(1, null, value));
      assertEquals(1, stopped.delivered());
      assertInstanceOf(Cause.Poison.class, stopped.cause());
    }
  }

  @Test
  void a_refused_batch_suspects_all_its_records() throws IOException {
    try (var endpoint =
            Endpoint.that(
                (seen, peer) -> peer.status(seen.text().contains("{\"n\":5}") ? 422 : 200));
        var forwarder = Running.to(endpoint.url(), "batch", "json", "batch_max_records", 4L)) {
      var stopped = forwarder.refused(Records.numbered(0, 10));
      assertEquals(4, stopped.delivered());
      assertEquals(4, assertInstanceOf(Cause.Poison.class, stopped.cause()).suspects());
      assertEquals(
          1,
          assertInstanceOf(Cause.Poison.class, forwarder.cause(Records.numbered(5, 1))).suspects());
    }
  }

  @Test
  void a_batch_of_unknown_outcome_is_sent_again_as_it_was() throws IOException {
    try (var endpoint = Endpoint.that((_, peer) -> peer.status(503));
        var forwarder = Running.to(endpoint.url(), "batch", "ndjson")) {
      forwarder.refused(Records.numbered(0, 3));
      endpoint.now(Endpoint.OK);
      assertEquals(Outcome.DELIVERED, forwarder.deliver(Records.numbered(0, 7)));
      assertEquals(List.of("orders-2-0..2", "orders-2-0..2", "orders-2-3..6"), endpoint.keys());
    }
  }

  /** The example of the specification's reference libraries. */
  @Test
  void signatures_agree_with_the_published_example() {
    var signer =
        WebhookSigner.of(
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            java.time.InstantSource.fixed(java.time.Instant.ofEpochSecond(1614265330)));
    var headers = new java.util.ArrayList<Header>();
    signer.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", Records.bytes("{\"test\": 2432232314}"), headers);
    assertEquals(
        List.of(
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            "1614265330",
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
        headers.stream().map(Header::getValue).toList());
  }

  @Test
  void each_secret_signs_what_arrives() throws Exception {
    byte[] one = new byte[24];
    byte[] two = new byte[64];
    java.util.Arrays.fill(two, (byte) 7);
    try (var endpoint = Endpoint.that(Endpoint.OK);
        var forwarder =
            Running.to(endpoint.url(), "signing_secret", secret(one) + " " + secret(two))) {
      forwarder.deliver(Records.numbered(3, 1));
      var seen = endpoint.seen().getFirst();
      assertEquals("orders-2-3", seen.header("webhook-id"));
      assertEquals(
          Long.toString(Forwarders.CLOCK.instant().getEpochSecond()),
          seen.header("webhook-timestamp"));
      assertEquals(
          "v1," + signed(one, seen) + " v1," + signed(two, seen), seen.header("webhook-signature"));
    }
  }

  private static String secret(byte[] key) {
    return "whsec_" + Base64.getEncoder().encodeToString(key);
  }

  /** As a receiver computes it. */
  private static String signed(byte[] key, Endpoint.Seen seen) throws Exception {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    var text =
        seen.header("webhook-id") + "." + seen.header("webhook-timestamp") + "." + seen.text();
    return Base64.getEncoder().encodeToString(mac.doFinal(Records.bytes(text)));
  }

  private static List<String> texts(Endpoint endpoint) {
    return endpoint.seen().stream().map(Endpoint.Seen::text).toList();
  }

  private static List<Integer> ints(byte[] bytes) {
    var ints = new java.util.ArrayList<Integer>();
    for (byte b : bytes) {
      ints.add(b & 0xff);
    }
    return ints;
  }
}
