package io.kafkafetch.bootstrap.sessions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kafkafetch.bootstrap.sessions.GivenServer.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A session")
final class SessionsTest {
  private static final String EARLIEST = ",\"auto_offset_reset\":\"earliest\",\"format\":\"text\"";
  private static final String TEXT = ",\"format\":\"text\"";

  private static GivenServer server;

  @BeforeAll
  static void open() {
    server = new GivenServer();
  }

  @AfterAll
  static void close() {
    server.close();
  }

  private final String group = "group-" + UUID.randomUUID();

  private static List<String> values(JsonNode answer) {
    var values = new ArrayList<String>();
    answer.get("records").forEach(each -> values.add(each.get("value").asText()));
    return values;
  }

  private static List<String> expected(int from, int to) {
    return java.util.stream.IntStream.range(from, to).mapToObj(i -> "value-" + i).toList();
  }

  private static Answer call(String id, String what, String body) {
    return server.post("/api/consumers/" + id + "/" + what, body);
  }

  private static String delete(String id) {
    return server.delete("/api/consumers/" + id).ok().get("message").asText();
  }

  @Test
  void walksThroughTheSeedsQuickStart() {
    var topic = server.topic(2);
    server.produce(topic, 0, 0, 3);

    var subscribed =
        server
            .post(
                "/api/consumers/subscribe",
                GivenServer.subscription(group, topic, ",\"auto_offset_reset\":\"earliest\""))
            .ok();
    assertEquals(group, subscribed.get("group_id").asText());
    assertEquals(topic, subscribed.get("topics").get(0).asText());
    assertEquals("[0,1]", subscribed.get("assignment").get(topic).toString());
    var id = subscribed.get("consumer_id").asText();

    var answer = server.consume(id, "{\"max_records\": 100, \"timeout_ms\": 30000}");
    assertEquals(3, answer.get("records").size());
    var first = answer.get("records").get(0);
    assertEquals(
        "value-0", new String(Base64.getDecoder().decode(first.get("value").asText()), UTF_8));
    assertTrue(first.get("key").isNull());
    assertEquals(topic, first.get("topic").asText());
    assertEquals(0, first.get("partition").asInt());
    assertEquals(0, first.get("offset").asLong());
    assertTrue(first.get("timestamp").asLong() > 0);
    assertTrue(first.get("headers").isObject());
    assertTrue(answer.get("timestamp").asLong() > 0);

    var commit = call(id, "commit", "{\"offsets\": {\"" + topic + "\": {\"0\": 2}}}").ok();
    assertTrue(commit.get("success").asBoolean());
    assertEquals(2, server.committed(group, topic, 0));

    assertEquals("consumer closed", delete(id));
    assertEquals(404, server.delete("/api/consumers/" + id).status());
    assertEquals(404, call(id, "consume", "no json").status());
    assertEquals(0, server.members(group));
  }

  @Test
  void answersAsSoonAsARecordIsThere() {
    var topic = server.topic(1);
    var id = server.subscribe(group, topic, TEXT);
    var waiting = server.consumeLater(id, "{\"timeout_ms\": 60000}");
    server.produce(topic, 0, 0, 1);
    assertEquals(List.of("value-0"), values(waiting.join().ok()));
    delete(id);
  }

  @Test
  void answersWithNothingWhenTheTimeIsOver() {
    var id = server.subscribe(group, server.topic(1), TEXT);
    assertEquals(0, server.consume(id, "{\"timeout_ms\": 0}").get("records").size());
    assertEquals(0, server.consume(id, "{\"timeout_ms\": 300}").get("records").size());
    delete(id);
  }

  @Test
  void findsWhatIsThereEvenWithoutTime() {
    var topic = server.topic(1);
    var id = server.subscribe(group, topic, TEXT);
    server.produce(topic, 0, 0, 7);
    assertEquals(expected(0, 7), values(server.consume(id, "{\"timeout_ms\": 0}")));
    delete(id);
  }

  @Test
  void answersNoMoreThanItIsAskedFor() {
    var topic = server.topic(1);
    server.produce(topic, 0, 0, 100);
    var id = server.subscribe(group, topic, EARLIEST);
    assertEquals(expected(0, 10), values(server.consume(id, "{\"max_records\": 10}")));
    // Each value has 8 bytes.
    assertEquals(100 - 10, values(server.consume(id, "{\"max_bytes_total\": 1024}")).size());
    call(id, "seek", "{\"topic\":\"" + topic + "\",\"partition\":0,\"to\":\"beginning\"}").ok();
    assertEquals(expected(0, 100), values(server.consume(id, "{}")));
    delete(id);
  }

  @Test
  void countsBytesButAlwaysAnswersOneRecord() {
    var topic = server.topic(1);
    for (int i = 0; i < 3; i++) {
      server.produce(new ProducerRecord<>(topic, new byte[10], new byte[2_000]));
    }
    var id = server.subscribe(group, topic, EARLIEST);
    assertEquals(1, server.consume(id, "{\"max_bytes_total\": 1024}").get("records").size());
    assertEquals(2, server.consume(id, "{\"max_bytes_total\": 4020}").get("records").size());
    delete(id);
  }

  @Test
  void gathersALargeAnswerWhereARecordsAreThere() {
    var topic = server.topic(3);
    for (int partition = 0; partition < 3; partition++) {
      server.produce(topic, partition, 0, 4_000);
    }
    var id = server.subscribe(group, topic, EARLIEST);
    var answer = server.consume(id, "{\"max_records\": 10000, \"timeout_ms\": 20000}");
    assertEquals(10_000, answer.get("records").size());
    assertEquals(2_000, server.consume(id, "{\"max_records\": 10000}").get("records").size());
    delete(id);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          consume    | {"max_records": 0}          | max_records        | 1 to 10000
          consume    | {"max_records": 10001}      | max_records        | 1 to 10000
          consume    | {"timeout_ms": -1}          | timeout_ms         | 0 to 300000
          consume    | {"timeout_ms": 300001}      | timeout_ms         | 0 to 300000
          consume    | {"max_bytes_total": 1023}   | max_bytes_total    | 1024 to 104857600
          consume    | {"max_bytes_total": 104857601} | max_bytes_total | 1024 to 104857600
          consume    | {"max_record": 1}           | max_record         | not a known field
          commit     | {"offsets": {}}             | offsets            | at least one partition
          commit     | {"offsets": {"t": {"x": 1}}} | offsets.t         | numbers of partitions
          commit     | {"offsets": {"t": {"0": -1}}} | offsets.t.0      | 0 or more
          commit     | {"offsets": {"t": {"0": 1}}} | offsets.t.0       | not assigned
          seek       | {"topic":"t","partition":0} | offset             | "to" instead
          seek       | {"topic":"t","partition":0,"offset":0} | partition | not assigned
          seek       | {"topic":"t","partition":0,"to":"x"} | to        | "beginning"
          """)
  void refusesWhatIsOutOfRange(String what, String body, String field, String says) {
    var id = server.subscribe(group, server.topic(1), "");
    var refused = call(id, what, body);
    assertEquals(400, refused.status(), refused.response().body());
    assertEquals(field, refused.json().get("errors").get(0).get("field").asText());
    assertTrue(
        refused.json().get("errors").get(0).get("message").asText().contains(says),
        refused.response().body());
    delete(id);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"topics":["t"]}                                          | 400 | group_id
          {"group_id":"g"}                                          | 400 | topics
          {"group_id":"g","topics":[]}                              | 400 | 1 to 1000 topics
          {"group_id":"g","topics":["t"],"session_timeout_ms":999}  | 400 | 1000 to 300000
          {"group_id":"g","topics":["t"],"session_timeout_ms":300001} | 400 | 1000 to 300000
          {"group_id":"g","topics":["t"],"auto_offset_reset":"x"}   | 400 | earliest or latest
          {"group_id":"g","topics":["t"],"format":"xml"}            | 400 | base64, json, text
          {"group_id":"g","topics":["no-such-topic"]}               | 404 | no-such-topic
          {"group_id":"g",                                          | 400 | not valid JSON
          """)
  void isNotOpenedForWhatIsWrong(String body, int status, String says) {
    var refused = server.post("/api/consumers/subscribe", body);
    assertEquals(status, refused.status(), refused.response().body());
    assertTrue(refused.detail().contains(says), refused.detail());
  }

  @Test
  void takesOnePollAtATime() {
    var topic = server.topic(1);
    var id = server.subscribe(group, topic, TEXT);
    var waiting = server.consumeLater(id, "{\"timeout_ms\": 60000}");
    await().until(() -> call(id, "consume", "{\"timeout_ms\": 0}").status() == 409);
    server.produce(topic, 0, 0, 1);
    assertEquals(1, values(waiting.join().ok()).size());
    delete(id);
  }

  @Test
  void answersAgainWhatATokenStandsFor() {
    var topic = server.topic(2);
    server.produce(topic, 0, 0, 30);
    server.produce(topic, 1, 30, 60);
    var id = server.subscribe(group, topic, EARLIEST);

    var first = server.consume(id, "{\"max_records\": 20}");
    var token = first.get("next_token").asText();
    var asked = "{\"max_records\": 20, \"token\": \"" + token + "\"}";
    var second = server.consume(id, asked);
    var again = server.consume(id, asked);
    assertEquals(second.get("records"), again.get("records"));
    assertEquals(second.get("next_token"), again.get("next_token"));

    var third = server.consume(id, "{\"token\": \"" + second.get("next_token").asText() + "\"}");
    var all = new HashSet<String>();
    for (var answer : List.of(first, second, third)) {
      values(answer).forEach(value -> assertTrue(all.add(value), value));
    }
    assertEquals(409, call(id, "consume", asked).status());
    assertEquals(409, call(id, "consume", "{\"token\": \"foreign\"}").status());
    assertEquals(60, all.size() + values(server.consume(id, "{\"timeout_ms\":0}")).size());
    delete(id);
  }

  @Test
  void canRepeatEvenItsFirstPoll() {
    var topic = server.topic(1);
    server.produce(topic, 0, 0, 5);
    var subscribed =
        server
            .post("/api/consumers/subscribe", GivenServer.subscription(group, topic, EARLIEST))
            .ok();
    var id = subscribed.get("consumer_id").asText();
    var asked = "{\"max_records\":2,\"token\": \"" + subscribed.get("next_token").asText() + "\"}";
    assertEquals(expected(0, 2), values(server.consume(id, asked)));
    assertEquals(expected(0, 2), values(server.consume(id, asked)));
    delete(id);
  }

  @Test
  void refusesATokenFromBeforeASeek() {
    var topic = server.topic(1);
    server.produce(topic, 0, 0, 5);
    var id = server.subscribe(group, topic, EARLIEST + ",\"auto_commit\":true");
    var token = server.consume(id, "{\"max_records\":2}").get("next_token").asText();
    var sought =
        call(id, "seek", "{\"topic\":\"" + topic + "\",\"partition\":0,\"offset\":1}").ok();
    assertTrue(sought.get("success").asBoolean());
    assertEquals(409, call(id, "consume", "{\"token\":\"" + token + "\"}").status());
    assertEquals(0, server.committed(group, topic, 0));
    var fresh = sought.get("next_token").asText();
    assertEquals(expected(1, 5), values(server.consume(id, "{\"token\":\"" + fresh + "\"}")));
    delete(id);
  }

  @Test
  void commitsWhatATokenAcknowledges() {
    var topic = server.topic(1);
    server.produce(topic, 0, 0, 5);
    var id = server.subscribe(group, topic, EARLIEST + ",\"auto_commit\":true");
    var first = server.consume(id, "{\"max_records\":2}");
    assertEquals(0, server.committed(group, topic, 0));
    var second =
        server.consume(
            id, "{\"max_records\":2,\"token\":\"" + first.get("next_token").asText() + "\"}");
    assertEquals(2, server.committed(group, topic, 0));
    assertEquals(expected(2, 4), values(second));
    delete(id);
  }

  @Test
  void commitsWhatWasAnsweredLastWhenNoOffsetIsNamed() {
    var topic = server.topic(1);
    server.produce(topic, 0, 0, 9);
    var id = server.subscribe(group, topic, EARLIEST);
    server.consume(id, "{\"max_records\":4}");
    assertEquals("{\"0\":4}", call(id, "commit", "").ok().get("offsets").get(topic).toString());
    assertEquals(4, server.committed(group, topic, 0));
    delete(id);
    var next = server.subscribe(group, topic, EARLIEST);
    assertEquals(expected(4, 9), values(server.consume(next, "{}")));
    delete(next);
  }

  @Test
  void leavesWhatWasNotCommittedToTheNextAlsoWhenItBeganAtTheEnd() {
    var topic = server.topic(1);
    server.produce(topic, 0, 0, 3);
    var id = server.subscribe(group, topic, TEXT);
    server.produce(topic, 0, 3, 6);
    assertEquals(expected(3, 6), values(server.consume(id, "{}")));
    delete(id);
    server.produce(topic, 0, 6, 8);
    var next = server.subscribe(group, topic, TEXT);
    assertEquals(expected(3, 8), values(server.consume(next, "{}")));
    delete(next);
  }

  @Test
  void seeksToAnyPlace() {
    var topic = server.topic(1);
    for (int i = 0; i < 4; i++) {
      server.produce(
          new ProducerRecord<>(topic, 0, 1_000L * (i + 1), null, ("value-" + i).getBytes(UTF_8)));
    }
    var id = server.subscribe(group, topic, TEXT);
    var at = "{\"topic\":\"" + topic + "\",\"partition\":0,";
    call(id, "seek", at + "\"to\":{\"timestamp\":2500}}").ok();
    assertEquals(expected(2, 4), values(server.consume(id, "{}")));
    call(id, "seek", at + "\"to\":\"beginning\"}").ok();
    assertEquals(expected(0, 4), values(server.consume(id, "{}")));
    call(id, "seek", at + "\"offset\":3}").ok();
    assertEquals(expected(3, 4), values(server.consume(id, "{}")));
    call(id, "seek", at + "\"to\":\"end\"}").ok();
    assertEquals(List.of(), values(server.consume(id, "{\"timeout_ms\":0}")));
    call(id, "seek", at + "\"to\":{\"timestamp\":9999}}").ok();
    assertEquals(400, call(id, "seek", at + "\"offset\":5}").status());
    delete(id);
  }

  @Test
  void tellsWhereItIsAndHowFarBehind() {
    var topic = server.topic(2);
    server.produce(topic, 0, 0, 10);
    var id = server.subscribe(group, topic, EARLIEST);
    server.consume(id, "{\"max_records\":4}");
    var position = server.get("/api/consumers/" + id + "/position").ok();
    assertEquals("{\"0\":4,\"1\":0}", position.get("offsets").get(topic).toString());
    assertEquals("{\"0\":6,\"1\":0}", position.get("lag").get(topic).toString());
    delete(id);
  }

  @Test
  void takesPartitionsByHand() {
    var topic = server.topic(3);
    server.produce(topic, 1, 0, 3);
    var id = server.subscribe(group, topic, EARLIEST);
    var assigned =
        server
            .send(
                "PUT",
                "/api/consumers/" + id + "/assignment",
                "{\"topics\":{\"" + topic + "\":[1]}}")
            .ok();
    assertEquals("{\"" + topic + "\":[1]}", assigned.get("assignment").toString());
    assertEquals(expected(0, 3), values(server.consume(id, "{}")));
    call(id, "commit", "{}").ok();
    assertEquals(3, server.committed(group, topic, 1));
    assertEquals(0, server.members(group));
    var outside =
        server.send(
            "PUT", "/api/consumers/" + id + "/assignment", "{\"topics\":{\"" + topic + "\":[3]}}");
    assertEquals(400, outside.status());
    assertTrue(outside.detail().contains("0 to 2"), outside.detail());
    assertEquals(
        404,
        server
            .send("PUT", "/api/consumers/" + id + "/assignment", "{\"topics\":{\"none\":[0]}}")
            .status());
    delete(id);
  }

  @Test
  void sharesItsGroupAndSaysSo() {
    var topic = server.topic(4);
    var one = server.subscribe(group, topic, TEXT);
    var token = server.consume(one, "{\"timeout_ms\":0}").get("next_token").asText();
    var two = server.subscribe(group, topic, TEXT);
    var ofTwo = server.get("/api/consumers/" + two + "/position").ok().get("assignment").get(topic);
    assertEquals(2, ofTwo.size());
    var news = new ArrayList<JsonNode>();
    await()
        .atMost(Duration.ofSeconds(15))
        .until(() -> {
          var answer = server.consume(one, "{\"timeout_ms\":100}");
          if (answer.has("assignment")) {
            news.add(answer.get("assignment").get(topic));
          }
          return !news.isEmpty();
        });
    assertEquals(2, news.getFirst().size());
    assertEquals(409, call(one, "consume", "{\"token\":\"" + token + "\"}").status());
    assertFalse(server.consume(one, "{\"timeout_ms\":0}").has("assignment"));
    delete(two);
    delete(one);
  }

  @Test
  void endsWhenNobodyCalls() {
    var topic = server.topic(1);
    var expired = server.counts().expired();
    var id = server.subscribe(group, topic, ",\"session_timeout_ms\":1000");
    assertEquals(1, server.members(group));
    await().atMost(Duration.ofSeconds(10)).until(() -> server.members(group) == 0);
    assertEquals(404, call(id, "consume", "{}").status());
    assertEquals(expired + 1, server.counts().expired());
  }

  @Test
  void doesNotEndWhileAPollWaits() {
    var topic = server.topic(1);
    var id = server.subscribe(group, topic, ",\"session_timeout_ms\":1000");
    assertEquals(0, server.consume(id, "{\"timeout_ms\":2500}").get("records").size());
    assertEquals(0, server.consume(id, "{\"timeout_ms\":0}").get("records").size());
    delete(id);
  }

  @Test
  void hasAnIdThatNobodyGuesses() {
    var topic = server.topic(1);
    var one = server.subscribe(group, topic, "");
    var two = server.subscribe("other-" + group, topic, "");
    assertEquals(4, UUID.fromString(one.substring(one.lastIndexOf('.') + 1)).version());
    assertNotEquals(one, two);
    delete(one);
    delete(two);
  }
}
