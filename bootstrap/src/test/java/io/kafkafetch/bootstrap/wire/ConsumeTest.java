package io.kafkafetch.bootstrap.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kafkafetch.embedded.EmbeddedKafka;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ConsumeTest {
  private static WiredServer server;

  @BeforeAll
  static void start() {
    server = new WiredServer(EmbeddedKafka.shared().bootstrapServers());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String group() {
    return "group-" + UUID.randomUUID();
  }

  private static void produce(String topic, int from, int to) {
    var lines = new StringBuilder();
    IntStream.range(from, to)
        .forEach(i ->
            lines.append(
                "{\"topic\":\"%s\",\"enrich\":false,\"key\":\"k%d\",\"message\":%d}\n"
                    .formatted(topic, i, i)));
    var answer =
        server.post("/produce/batch", lines.toString(), "Content-Type", "application/x-ndjson");
    assertEquals(
        to - from, answer.body().lines().filter(l -> l.contains("\"success\":true")).count());
  }

  private static WiredServer.Answer consume(String topic, String group, int most, double timeout) {
    return server.post("/consume", request(topic, group, most, timeout, "null"));
  }

  private static String request(
      String topic, String group, int most, double timeout, String token) {
    return "{\"topic\":\"%s\",\"group_id\":\"%s\",\"max_messages\":%d,\"timeout\":%s,\"token\":%s}"
        .formatted(topic, group, most, timeout, token);
  }

  private static List<Integer> values(WiredServer.Answer answer) {
    assertEquals(200, answer.status(), answer.body());
    var values = new ArrayList<Integer>();
    for (JsonNode message : answer.json().get("messages")) {
      values.add(message.get("value").asInt());
    }
    return values;
  }

  private static List<Integer> range(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  @Test
  void theSeedsAnswerHasItsShape() throws Exception {
    var topic = server.topic(1);
    var group = group();
    server.post(
        "/produce",
        "{\"topic\":\"%s\",\"key\":\"message-1\",\"message\":{\"user_id\":123}}".formatted(topic));

    var answer = consume(topic, group, 1, 5);

    assertEquals(200, answer.status(), answer.body());
    var json = answer.json();
    assertTrue(json.get("success").asBoolean());
    assertEquals(1, json.get("count").asInt());
    assertEquals(topic, json.get("topic").asText());
    assertEquals(group, json.get("group_id").asText());
    var message = json.get("messages").get(0);
    assertEquals("message-1", message.get("key").asText());
    assertEquals(123, message.at("/value/user_id").asInt());
    assertEquals("json", message.get("value_format").asText());
    assertEquals(0, message.get("offset").asInt());
    assertTrue(message.get("timestamp").asText().endsWith("Z"));
  }

  @Test
  void aSecondCallGoesOnWhereTheFirstEnded() throws Exception {
    var topic = server.topic(1);
    var group = group();
    produce(topic, 0, 10);

    assertEquals(range(0, 4), values(consume(topic, group, 4, 5)));
    assertEquals(range(4, 10), values(consume(topic, group, 100, 1)));
    assertEquals(List.of(), values(consume(topic, group, 100, 0)));
  }

  @Test
  void whatWasAnsweredIsCommitted() throws Exception {
    var topic = server.topic(1);
    var group = group();
    produce(topic, 0, 10);

    consume(topic, group, 7, 5);

    await()
        .untilAsserted(() ->
            assertEquals(
                7,
                server
                    .admin
                    .listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .values()
                    .iterator()
                    .next()
                    .offset()));
  }

  @Test
  void aCallThatWaitsGetsWhatComes() throws Exception {
    var topic = server.topic(1);
    var group = group();
    values(consume(topic, group, 1, 0));
    try (var pool = Executors.newSingleThreadExecutor()) {
      var waiting = pool.submit(() -> consume(topic, group, 1, 30));

      produce(topic, 5, 6);

      assertEquals(List.of(5), values(waiting.get()));
    }
  }

  @Test
  void whatIsNoJsonIsTextAndWhatIsNoTextIsBase64() throws Exception {
    var topic = server.topic(1);
    server.post(
        "/produce/batch",
        """
        [{"topic":"%1$s","encoding":"base64","message":"aGVsbG8="},
         {"topic":"%1$s","encoding":"base64","message":"/w==","key":"/w=="},
         {"topic":"%1$s","message":null},
         {"topic":"%1$s","enrich":false,"message":{"a" : 1.0,  "b":1e400}}]
        """
            .formatted(topic));

    var answer = consume(topic, group(), 4, 5);

    assertEquals(
        List.of("text", "base64", "json", "json"),
        answer.json().get("messages").findValuesAsText("value_format"));
    assertTrue(answer.body().contains("{\"a\" : 1.0,  \"b\":1e400}"), answer.body());
    assertEquals("base64", answer.json().at("/messages/1/key_format").asText());
  }

  @Test
  void anUnknownTopicIsNotFound() {
    var answer = consume("unknown-" + UUID.randomUUID(), group(), 1, 1);

    assertEquals(404, answer.status());
    assertEquals("Failed to consume messages: Topic not found", answer.detail());
  }

  @Test
  void whatIsOutOfRangeIsNamed() {
    var answer = server.post("/consume", request("t", "g", 0, 301, "7"));

    assertEquals(422, answer.status());
    assertEquals(
        List.of("max_messages", "timeout", "token"),
        answer.json().get("errors").findValuesAsText("field"));
    assertEquals(422, server.post("/consume", "{}").status());
    assertEquals(400, server.post("/consume", "{\"invalid\": \"json\"").status());
  }

  @Test
  void twentyCallersShareSixPartitionsAndTogetherGetEveryRecordOnce() throws Exception {
    var topic = server.topic(6);
    var group = group();
    produce(topic, 0, 5_000);

    var all = new ArrayList<Integer>();
    try (var pool = Executors.newFixedThreadPool(20)) {
      Callable<List<Integer>> caller =
          () -> {
            var mine = new ArrayList<Integer>();
            List<Integer> more;
            do {
              more = values(consume(topic, group, 37, 2));
              mine.addAll(more);
            } while (!more.isEmpty());
            return mine;
          };
      for (var done : pool.invokeAll(java.util.Collections.nCopies(20, caller))) {
        all.addAll(done.get());
      }
    }

    assertEquals(range(0, 5_000), all.stream().sorted().toList());
  }

  @Test
  void anAnswerThatCouldNotBeWrittenIsReadAgainByAnother() throws Exception {
    var topic = server.topic(1);
    var group = group();
    // So large that it cannot all wait in sockets.
    for (int i = 0; i < 40; i++) {
      server.post(
          "/produce",
          "{\"topic\":\"%s\",\"message\":\"%s\"}".formatted(topic, "x".repeat(500_000)));
    }
    var body = request(topic, group, 40, 20, "null");
    try (var socket =
        new Socket(server.api.address().getAddress(), server.api.address().getPort())) {
      socket.setReceiveBufferSize(4_096);
      socket
          .getOutputStream()
          .write(
              ("POST /consume HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                      + "Content-Length: "
                      + body.length()
                      + "\r\n\r\n"
                      + body)
                  .getBytes(UTF_8));
      assertEquals('H', socket.getInputStream().read());
    }

    var again = consume(topic, group, 1, 20);

    assertEquals(0, again.json().at("/messages/0/offset").asInt(-1), again.body().substring(0, 80));
  }

  @Test
  void aPollCanBeRepeatedWithItsToken() throws Exception {
    var topic = server.topic(2);
    var group = group();
    produce(topic, 0, 30);
    var first = consume(topic, group, 10, 5);
    var t0 = first.json().get("next_token");

    var second = server.post("/consume", request(topic, group, 10, 5, t0.toString()));
    var repeated = server.post("/consume", request(topic, group, 10, 5, t0.toString()));
    var t1 = second.json().get("next_token");
    var third = server.post("/consume", request(topic, group, 10, 5, t1.toString()));
    var tooOld = server.post("/consume", request(topic, group, 10, 5, t0.toString()));

    assertEquals(values(second), values(repeated));
    assertEquals(second.body(), repeated.body());
    assertEquals(409, tooOld.status(), tooOld.body());
    var seen = new ArrayList<>(values(first));
    seen.addAll(values(second));
    seen.addAll(values(third));
    assertEquals(range(0, 30), seen.stream().sorted().toList());
  }

  @Test
  void anOlderTokenIsAConflictAndDisturbsNothing() throws Exception {
    var topic = server.topic(1);
    var group = group();
    produce(topic, 0, 4);
    var t0 = consume(topic, group, 2, 5).json().get("next_token").toString();
    var second = server.post("/consume", request(topic, group, 1, 5, t0));
    var t1 = second.json().get("next_token").toString();
    server.post("/consume", request(topic, group, 1, 5, t1));

    assertEquals(409, server.post("/consume", request(topic, group, 1, 5, t0)).status());

    assertEquals(List.of(3), values(server.post("/consume", request(topic, group, 1, 5, t1))));
  }
}
