package io.kafkafetch.bootstrap.wire;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.embedded.EmbeddedKafka;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LargeRecordsTest {
  private static WiredServer server;

  @BeforeAll
  static void start() {
    server = new WiredServer(EmbeddedKafka.shared().bootstrapServers());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aRecordThatTheTopicDoesNotTakeIsTooLarge() throws Exception {
    var topic = server.topic(1, Map.of("max.message.bytes", "1000"));

    var answer =
        server.post(
            "/produce", "{\"topic\":\"%s\",\"message\":\"%s\"}".formatted(topic, "x".repeat(2000)));

    assertEquals(413, answer.status(), answer.body());
    assertTrue(answer.detail().startsWith("Failed to produce message: "), answer.detail());
  }

  @Test
  void aTooLargeRecordDoesNotHoldUpASmallOneBehindIt() throws Exception {
    var topic = server.topic(1);
    server.post("/produce", "{\"topic\":\"%s\",\"message\":1}".formatted(topic));

    var answer =
        server.post(
            "/produce/batch",
            """
            [{"topic":"%1$s","message":1},{"topic":"%1$s","message":"%2$s"},
             {"topic":"%1$s","message":2}]
            """
                .formatted(topic, "x".repeat(1_500_000)));

    assertEquals(207, answer.status(), answer.body());
    assertEquals(413, answer.json().at("/results/1/status").asInt(), answer.body());
    assertEquals(2, answer.json().at("/results/2/offset").asInt(-1), answer.body());
  }

  @Test
  void aRecordIsNoLongerTooLargeWhenItsTopicTakesMore() throws Exception {
    var topic = server.topic(1, Map.of("max.message.bytes", "1000"));
    var body = "{\"topic\":\"%s\",\"message\":\"%s\"}".formatted(topic, "x".repeat(2000));
    assertEquals(413, server.post("/produce", body).status());

    server
        .admin
        .incrementalAlterConfigs(
            Map.of(
                new ConfigResource(ConfigResource.Type.TOPIC, topic),
                List.of(
                    new AlterConfigOp(
                        new ConfigEntry("max.message.bytes", "10000"), AlterConfigOp.OpType.SET))))
        .all()
        .get();

    await().until(() -> server.post("/produce", body).status() == 200);
  }

  @Test
  void aRecordIsTooLargeByTheByte() throws Exception {
    var topic = server.topic(1, Map.of("max.message.bytes", "1000"));
    int most = 1000 - 61 - 2 - 3 - 1 - 2 - 1;

    assertEquals(200, sentPlain(topic, most));
    assertEquals(413, sentPlain(topic, most + 1));
  }

  private static int sentPlain(String topic, int bytes) {
    return server
        .post(
            "/produce",
            "{\"topic\":\"%s\",\"encoding\":\"base64\",\"message\":\"%s\"}"
                .formatted(topic, Base64.getEncoder().encodeToString(new byte[bytes])))
        .status();
  }
}
