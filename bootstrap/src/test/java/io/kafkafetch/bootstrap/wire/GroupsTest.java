package io.kafkafetch.bootstrap.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kafkafetch.embedded.EmbeddedKafka;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Groups and lag")
class GroupsTest {
  private static final String BROKER = EmbeddedKafka.shared().bootstrapServers();

  private static WiredServer server;

  @BeforeAll
  static void start() {
    server = new WiredServer(BROKER);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** A group that has committed for the first partition of a new topic alone. */
  private static String groupAt(String topic, long offset) throws Exception {
    var group = Managed.name("group");
    server
        .admin
        .alterConsumerGroupOffsets(
            group, Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(offset, "note")))
        .all()
        .get();
    return group;
  }

  private static JsonNode ok(String path) {
    var answer = server.get(path);
    assertEquals(200, answer.status(), answer.body());
    return answer.json();
  }

  private static void assertNotFound(String path, String sentence) {
    var answer = server.get(path);
    assertEquals(404, answer.status(), answer.body());
    assertEquals(sentence, answer.detail());
  }

  @Test
  @DisplayName("look as the seed shows them, partitions without a commit included")
  void shapes() throws Exception {
    var topic = server.topic(2);
    Managed.produce(BROKER, topic, 0, 0, 5);
    Managed.produce(BROKER, topic, 1, 0, 3);
    var group = groupAt(topic, 2);

    assertEquals(
        "{\"group_id\":\"%s\",\"offsets\":[{\"topic\":\"%s\",\"partition\":0,\"current_offset\":2,\"metadata\":\"note\"}]}"
            .formatted(group, topic),
        ok("/consumergroups/" + group + "/offsets").toString());
    assertEquals(
        "{\"%s\":{\"0\":2}}".formatted(topic),
        ok("/monitor/consumer-group-offsets?group_id=" + group).toString());
    assertEquals(
        "{\"0\":{\"current_offset\":2,\"log_end_offset\":5,\"lag\":3},"
            + "\"1\":{\"current_offset\":null,\"log_end_offset\":3,\"lag\":3}}",
        ok("/monitor/consumer-group-lag?group_id=" + group + "&topic=" + topic).toString());
    var lag = ok("/monitor/lag?group_id=" + group).get("groups").get(0);
    assertEquals(6, lag.get("total_lag").asLong());
    assertFalse(lag.get("topics").get(topic).get("0").has("lag_seconds"));
    assertTrue(
        Stream.of("", "/")
            .allMatch(end ->
                ok("/consumergroups" + end + "?all_groups=true")
                    .get("consumer_groups")
                    .toString()
                    .contains('"' + group + '"')));
  }

  @Test
  @DisplayName("tell the age of the next record, for many groups of one partition at once")
  void seconds() throws Exception {
    var topic = server.topic(1);
    long before = System.currentTimeMillis();
    Managed.produce(BROKER, topic, 0, 0, 5);
    var behind = groupAt(topic, 1);
    var there = groupAt(topic, 5);
    var further = groupAt(topic, 9);

    var groups =
        ok("/monitor/lag?seconds=true&group_id=%s&group_id=%s&group_id=%s"
                .formatted(behind, there, further))
            .get("groups");

    double elapsed = (double) (System.currentTimeMillis() - before) / 1_000;
    for (var group : groups) {
      var partition = group.get("topics").get(topic).get("0");
      boolean late = group.get("group_id").asText().equals(behind);
      assertEquals(late ? 4 : 0, partition.get("lag").asLong());
      assertEquals(
          late ? "record_timestamp" : "caught_up", partition.get("estimate_method").asText());
      double seconds = partition.get("lag_seconds").asDouble(-1);
      assertTrue(late ? seconds >= 0 && seconds <= elapsed : seconds == 0, partition.toString());
    }
  }

  @Test
  @DisplayName("that are not there are not found, with a sentence that says which")
  void notFound() throws Exception {
    var topic = server.topic(1);
    var other = server.topic(1);
    var group = groupAt(topic, 0);
    var sentence = "Consumer group 'nobody' not found or no offsets committed.";

    assertNotFound("/consumergroups/nobody/offsets", sentence);
    assertNotFound("/monitor/consumer-group-offsets?group_id=nobody", sentence);
    assertNotFound("/monitor/consumer-group-lag?group_id=nobody&topic=" + topic, sentence);
    assertNotFound("/monitor/lag?group_id=nobody", sentence);
    assertNotFound(
        "/monitor/consumer-group-lag?group_id=" + group + "&topic=nowhere",
        "Topic 'nowhere' not found.");
    assertNotFound(
        "/monitor/consumer-group-lag?group_id=" + group + "&topic=" + other,
        "Consumer group '" + group + "' has committed no offsets for topic '" + other + "'.");
    var both = ok("/monitor/lag?group_id=nobody&group_id=" + group).get("groups");
    assertTrue(both.get(1).get("total_lag").isNull(), both.toString());
  }

  @Test
  @DisplayName("may have any name that Kafka takes")
  void names() throws Exception {
    var topic = server.topic(1);
    var group = "a/b c%ü'\"" + Managed.name("g");
    server
        .admin
        .alterConsumerGroupOffsets(
            group, Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(0)))
        .all()
        .get();
    var encoded = URLEncoder.encode(group, StandardCharsets.UTF_8).replace("+", "%20");

    assertEquals(group, ok("/consumergroups/" + encoded + "/offsets").get("group_id").asText());
    assertEquals(1, ok("/monitor/lag?group_id=" + encoded).get("groups").size());
  }

  @Test
  @DisplayName("are refused with what is accepted where a parameter is wrong or missing")
  void invalid() {
    var wrong =
        List.of(
            "/consumergroups?all_groups=perhaps",
            "/consumergroups?bootstrap_servers=nowhere",
            "/monitor/consumer-group-offsets",
            "/monitor/consumer-group-lag?group_id=g",
            "/monitor/consumer-group-lag?topic=t",
            "/monitor/lag?seconds=2",
            "/monitor/lag?group=g",
            "/monitor/lag?bootstrap_servers=localhost:0",
            "/monitor/lag?bootstrap_servers=localhost:9092,,");
    for (var path : wrong) {
      var answer = server.get(path);
      assertEquals(422, answer.status(), path + " " + answer.body());
      assertFalse(answer.json().get("errors").isEmpty(), path);
    }
  }

  @Test
  @DisplayName("of another cluster are asked there, within a time limit")
  void otherClusters() throws Exception {
    var topic = server.topic(1);
    var group = groupAt(topic, 0);
    var here = "&bootstrap_servers=" + BROKER.replace("127.0.0.1", "localhost");
    assertEquals(1, ok("/monitor/lag?group_id=" + group + here).get("groups").size());

    // A port that takes connections and never answers.
    try (var silent = new ServerSocket(0)) {
      long begun = System.nanoTime();
      var answer =
          server.get(
              "/monitor/lag?group_id=g&bootstrap_servers=127.0.0.1:" + silent.getLocalPort());
      var took = Duration.ofNanos(System.nanoTime() - begun);
      assertTrue(List.of(503, 504).contains(answer.status()), answer.body());
      assertFalse(answer.header("retry-after").isBlank() && answer.status() == 503);
      assertTrue(took.toSeconds() <= 15, took.toString());
    }
    var refused = server.get("/consumergroups?all_groups=true&bootstrap_servers=127.0.0.1:1");
    assertEquals(503, refused.status(), refused.body());
  }
}
