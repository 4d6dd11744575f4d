package io.kafkafetch.bootstrap.sessions;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kafkafetch.embedded.EmbeddedKafka;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Every answer here leaves records behind, so that the next ones were read before it is asked. */
@DisplayName("A session that reads ahead")
final class SessionsReadingAheadTest extends SessionCalls {
  private static List<Long> offsets(JsonNode answer) {
    var offsets = new ArrayList<Long>();
    answer.get("records").forEach(each -> offsets.add(each.get("offset").asLong()));
    return offsets;
  }

  private static List<Long> from(long begin, long end) {
    return LongStream.range(begin, end).boxed().toList();
  }

  private static String page(int records, String token) {
    return "{\"max_records\":%d,\"token\":\"%s\"}".formatted(records, token);
  }

  private static String token(JsonNode answer) {
    return answer.get("next_token").asText();
  }

  @Test
  void answersEachRecordOnceAndInOrderInPagesOfAnySize() {
    var topic = server.topic(3);
    for (int partition = 0; partition < 3; partition++) {
      server.produce(topic, partition, 0, 3_000);
    }
    var id = server.subscribe(group, topic, EARLIEST);
    var next = new HashMap<Integer, Long>();
    int answered = 0;
    int turn = 0;
    while (answered < 9_000) {
      int size = List.of(500, 500, 100, 7, 1_200, 499).get(turn++ % 6);
      var records = server.consume(id, "{\"max_records\":" + size + "}").get("records");
      assertTrue(!records.isEmpty() && records.size() <= size, answered + ": " + records.size());
      for (var record : records) {
        long offset = record.get("offset").asLong();
        assertEquals(next.getOrDefault(record.get("partition").asInt(), 0L), offset);
        next.put(record.get("partition").asInt(), offset + 1);
      }
      answered += records.size();
    }
    assertEquals(Map.of(0, 3_000L, 1, 3_000L, 2, 3_000L), next);
    delete(id);
  }

  @Test
  void standsWhereItHasAnsweredAndCommitsNoMore() {
    var topic = server.topic(1);
    server.produce(topic, 0, 0, 3_000);
    var id = server.subscribe(group, topic, EARLIEST);
    for (long begin = 0; begin < 1_500; begin += 500) {
      assertEquals(from(begin, begin + 500), offsets(server.consume(id, "{}")));
      var position = server.get("/api/consumers/" + id + "/position").ok();
      assertEquals(begin + 500, position.get("offsets").get(topic).get("0").asLong());
      assertEquals(2_500 - begin, position.get("lag").get(topic).get("0").asLong());
      call(id, "commit", "").ok();
      assertEquals(begin + 500, server.committed(group, topic, 0));
    }
    delete(id);
  }

  @Test
  void answersALostAnswerAgain() {
    var topic = server.topic(1);
    server.produce(topic, 0, 0, 3_000);
    var id = server.subscribe(group, topic, EARLIEST);
    var last = server.consume(id, "{\"max_records\":500}");
    for (long begin = 500; begin < 2_500; begin += 500) {
      var lost = server.consume(id, page(500, token(last)));
      var again = server.consume(id, page(500, token(last)));
      assertEquals(from(begin, begin + 500), offsets(lost));
      assertEquals(lost.get("records"), again.get("records"));
      assertEquals(token(lost), token(again));
      last = again;
    }
    delete(id);
  }

  @Test
  void forgetsItWhenItsClientGoesElsewhere() {
    var topic = server.topic(1);
    server.produce(topic, 0, 0, 3_000);
    var id = server.subscribe(group, topic, EARLIEST);
    for (long begin : new long[] {1_700, 3, 900, 901}) {
      var before = server.consume(id, "{}");
      assertEquals(500, before.get("records").size());
      call(id, "seek", "{\"topic\":\"%s\",\"partition\":0,\"offset\":%d}".formatted(topic, begin))
          .ok();
      assertEquals(409, call(id, "consume", page(500, token(before))).status());
      assertEquals(from(begin, begin + 500), offsets(server.consume(id, "{}")));
    }
    delete(id);
  }

  @Test
  void leavesToAnotherMemberWhatItHasReadButNotAnswered() {
    var topic = server.topic(4);
    for (int partition = 0; partition < 4; partition++) {
      server.produce(topic, partition, partition * 1_500, partition * 1_500 + 1_500);
    }
    var one = server.subscribe(group, topic, EARLIEST);
    Set<String> answered = new HashSet<>(values(server.consume(one, "{}")));
    call(one, "commit", "").ok();
    var two = server.subscribe(group, topic, EARLIEST);
    var ofOne = await().until(() -> assigned(one, topic), found -> found.size() == 2);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> {
          var next = server.consume(one, "{\"timeout_ms\":100}");
          next.get("records")
              .forEach(each -> assertTrue(ofOne.contains(each.get("partition").asInt())));
          answered.addAll(values(next));
          answered.addAll(values(server.consume(two, "{\"timeout_ms\":100}")));
          return answered.size() == 6_000;
        });
    delete(two);
    delete(one);
  }

  private static Set<Integer> assigned(String id, String topic) {
    var partitions = new HashSet<Integer>();
    server
        .get("/api/consumers/" + id + "/position")
        .ok()
        .get("assignment")
        .get(topic)
        .forEach(each -> partitions.add(each.asInt()));
    return partitions;
  }

  @Test
  void losesNothingOfItWhenItsServerIsKilled() throws IOException {
    try (var killed = new KilledServer(EmbeddedKafka.shared().bootstrapServers())) {
      var topic = server.topic(1);
      server.produce(topic, 0, 0, 2_500);
      var subscription = GivenServer.subscription(group, topic, EARLIEST + ",\"auto_commit\":true");
      var id =
          GivenServer.JSON
              .readTree(killed.post("/api/consumers/subscribe", subscription))
              .get("consumer_id")
              .asText();
      var path = "/api/consumers/" + id + "/consume";
      var first = GivenServer.JSON.readTree(killed.post(path, "{\"max_records\":500}"));
      var second = GivenServer.JSON.readTree(killed.post(path, page(500, token(first))));
      assertEquals(from(500, 1_000), offsets(second));
      killed.kill();

      var next = server.subscribe(group, topic, EARLIEST);
      var values = new ArrayList<String>();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> {
            values.addAll(values(server.consume(next, "{\"timeout_ms\":500}")));
            return values.size() >= 2_000;
          });
      assertEquals(IntStream.range(500, 2_500).mapToObj(i -> "value-" + i).toList(), values);
      delete(next);
    }
  }
}
