package io.kafkafetch.bootstrap.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A session with tokens")
final class SessionTokensTest extends SessionCalls {
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
}
