package io.kafkafetch.bootstrap.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kafkafetch.embedded.EmbeddedKafka;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TopicBrowsingTest {
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
  void topicsAreListedWithoutInternalOnes() throws Exception {
    var topic = server.topic(3);
    values(consume(topic, group(), 1, 0));

    var all = server.get("/topics").json();

    var names = all.findValuesAsText("topic");
    assertTrue(names.contains(topic));
    assertTrue(names.stream().noneMatch(name -> name.startsWith("__")), names.toString());
    for (var each : all) {
      if (each.get("topic").asText().equals(topic)) {
        assertEquals(3, each.get("partitions").asInt());
        assertEquals("kafka-fetch-server", each.get("group_id").asText());
      }
    }
  }

  @Test
  void messagesAreTheNewestOverAllPartitionsOldestFirst() throws Exception {
    var topic = server.topic(4);
    for (int i = 0; i < 4; i++) {
      produce(topic, i * 10, i * 10 + 10);
    }

    var newest = server.get("/messages/" + topic + "?limit=10").json();

    var values = new ArrayList<Integer>();
    newest.forEach(message -> values.add(message.get("value").asInt()));
    assertEquals(range(30, 40), values.stream().sorted().toList());
  }

  @Test
  void messagesCanBeReadFromAPlace() throws Exception {
    var topic = server.topic(1);
    produce(topic, 0, 10);

    var some = server.get("/messages/" + topic + "?partition=0&offset=4&limit=3").json();

    assertEquals(List.of("4", "5", "6"), some.findValuesAsText("offset"));
    assertEquals("[]", server.get("/messages/" + topic + "?partition=0&offset=99").body());
    assertEquals(422, server.get("/messages/" + topic + "?partition=1").status());
    assertEquals(422, server.get("/messages/" + topic + "?limit=1001").status());
    assertEquals(422, server.get("/messages/" + topic + "?offset=1").status());
    assertEquals(404, server.get("/messages/unknown-" + UUID.randomUUID()).status());
  }

  @Test
  void aTailShowsWhatComesAndGoesOnWhereItWasCut() throws Exception {
    var topic = server.topic(2);
    produce(topic, 0, 5);
    String last;
    var seen = new ArrayList<Integer>();
    try (var tail = new EventSource(server, topic, "")) {
      tail.awaitId();
      produce(topic, 5, 15);
      for (int i = 0; i < 4; i++) {
        seen.add(tail.next().get("value").asInt());
      }
      last = tail.id();
    }

    try (var tail = new EventSource(server, topic, last)) {
      for (int i = 0; i < 6; i++) {
        seen.add(tail.next().get("value").asInt());
      }
    }

    assertEquals(range(5, 15), seen.stream().sorted().toList());
  }
}
