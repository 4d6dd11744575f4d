package io.kafkafetch.bootstrap.sessions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A session")
final class SessionsTest extends SessionCalls {
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
