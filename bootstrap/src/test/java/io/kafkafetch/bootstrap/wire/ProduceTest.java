package io.kafkafetch.bootstrap.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.embedded.EmbeddedKafka;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ProduceTest {
  private static WiredServer server;

  @BeforeAll
  static void start() {
    server = new WiredServer(EmbeddedKafka.shared().bootstrapServers());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static ConsumerRecord<byte[], byte[]> onlyIn(String topic) {
    var all = Written.in(EmbeddedKafka.shared().bootstrapServers(), topic);
    assertEquals(1, all.size());
    return all.getFirst();
  }

  @Test
  void theSeedsMessageIsAnsweredWithItsPlace() throws Exception {
    var topic = server.topic(1);

    var answer =
        server.post(
            "/produce",
            """
            {"topic": "%s", "key": "message-1",
             "message": {"user_id": 123, "action": "login", "data": "Hello from API!"},
             "partition": 0}
            """
                .formatted(topic));

    assertEquals(200, answer.status(), answer.body());
    assertTrue(answer.json().get("success").asBoolean());
    assertEquals("Message sent successfully", answer.json().get("message").asText());
    assertEquals(topic, answer.json().get("topic").asText());
    assertEquals(0, answer.json().get("partition").asInt());
    assertEquals(0, answer.json().get("offset").asLong());
    assertTrue(answer.json().get("timestamp").asText().endsWith("Z"));
    assertEquals("message-1", Written.text(onlyIn(topic).key()));
  }

  @Test
  void anObjectGetsWhatItsSenderDidNotSet() throws Exception {
    var topic = server.topic(1);

    server.post(
        "/produce",
        "{\"topic\": \"%s\", \"message\": {\"a\": 1.0, \"source\": null}}".formatted(topic));

    var value = WiredServer.JSON.readTree(onlyIn(topic).value());
    assertEquals("1.0", value.get("a").asText());
    assertTrue(value.get("source").isNull());
    assertTrue(value.get("timestamp").asText().endsWith("Z"));
    assertTrue(value.get("server_time").isFloatingPointNumber());
  }

  @Test
  void anEmptyObjectIsEnrichedToo() throws Exception {
    var topic = server.topic(1);

    server.post("/produce", "{\"topic\": \"%s\", \"message\": { } }".formatted(topic));

    var value = WiredServer.JSON.readTree(onlyIn(topic).value());
    assertEquals("kafka-fetch-server", value.get("source").asText());
  }

  @Test
  void whatIsNotEnrichedIsWrittenByteForByte() throws Exception {
    var topic = server.topic(1);
    var message =
        "{ \"z\":1.0,\"a\" : 1e400, \"big\":123456789012345678901234567890, \"é\\u00e9\":[true ,null]}";

    server.post(
        "/produce", "{\"enrich\":false,\"message\":%s,\"topic\":\"%s\"}".formatted(message, topic));

    assertEquals(message, Written.text(onlyIn(topic).value()));
  }

  @Test
  void aMessageMayBeAnyValue() throws Exception {
    var topic = server.topic(1);

    for (var message : new String[] {"\"text\"", "17", "-0.5e-3", "true", "[1, 2]", "null"}) {
      var answer =
          server.post("/produce", "{\"topic\":\"%s\",\"message\":%s}".formatted(topic, message));
      assertEquals(200, answer.status(), answer.body());
    }

    var values =
        Written.in(EmbeddedKafka.shared().bootstrapServers(), topic).stream()
            .map(record -> record.value() == null ? "tombstone" : Written.text(record.value()))
            .toList();
    assertEquals(
        java.util.List.of("\"text\"", "17", "-0.5e-3", "true", "[1, 2]", "tombstone"), values);
  }

  @Test
  void binaryTravelsAsBase64() throws Exception {
    var topic = server.topic(1);

    server.post(
        "/produce",
        "{\"topic\":\"%s\",\"key\":\"AAE=\",\"message\":\"/wD+\",\"encoding\":\"base64\"}"
            .formatted(topic));

    var record = onlyIn(topic);
    assertArrayEquals(new byte[] {0, 1}, record.key());
    assertArrayEquals(new byte[] {(byte) 0xff, 0, (byte) 0xfe}, record.value());
  }

  @Test
  void headersAreWrittenInOrder() throws Exception {
    var topic = server.topic(1);

    server.post(
        "/produce",
        "{\"topic\":\"%s\",\"message\":1,\"headers\":{\"b\":\"x\",\"a\":\"\\u00e9\"}}"
            .formatted(topic));

    var headers = onlyIn(topic).headers().toArray();
    assertEquals("b", headers[0].key());
    assertEquals("é", Written.text(headers[1].value()));
  }

  @Test
  void aTopicIsMadeOnFirstUse() {
    var topic = "made-" + UUID.randomUUID();

    var answer = server.post("/produce", "{\"topic\":\"%s\",\"message\":1}".formatted(topic));

    assertEquals(200, answer.status(), answer.body());
  }

  @Test
  void aPartitionThatDoesNotExistIsRefusedBeforeSending() throws Exception {
    var topic = server.topic(2);

    var answer =
        server.post(
            "/produce", "{\"topic\":\"%s\",\"message\":1,\"partition\":2}".formatted(topic));

    assertEquals(422, answer.status(), answer.body());
    assertTrue(answer.detail().startsWith("Failed to produce message: "), answer.detail());
    assertEquals("partition", answer.json().at("/errors/0/field").asText());
    assertTrue(Written.in(EmbeddedKafka.shared().bootstrapServers(), topic).isEmpty());
  }

  @Test
  void theSeedsErrorsNameWhatIsWrong() {
    assertEquals(400, server.post("/produce", "{\"invalid\": \"json\"").status());
    var missing = server.post("/produce", "{\"topic\": \"test-topic\"}");
    assertEquals(422, missing.status());
    assertEquals("message", missing.json().at("/errors/0/field").asText());
    var wrong =
        server.post(
            "/produce",
            "{\"topic\":\"a b\",\"message\":1,\"partition\":-1,\"key\":7,\"enrich\":\"no\","
                + "\"encoding\":\"hex\",\"headers\":{\"h\":1},\"colour\":2}");
    assertEquals(422, wrong.status());
    var fields = wrong.json().get("errors").findValuesAsText("field");
    assertEquals(
        java.util.List.of("colour", "encoding", "enrich", "headers.h", "key", "partition", "topic"),
        fields);
  }

  @Test
  void aBatchKeepsItsOrder() throws Exception {
    var topic = server.topic(1);

    var answer =
        server.post(
            "/produce/batch",
            """
            [{"topic": "%1$s", "key": "msg-1", "message": {"text": "First message"}},
             {"topic": "%1$s", "key": "msg-2", "message": {"text": "Second message"}}]
            """
                .formatted(topic));

    assertEquals(200, answer.status(), answer.body());
    assertTrue(answer.json().get("success").asBoolean());
    assertEquals(2, answer.json().get("messages_sent").asInt());
    for (int i = 0; i < 2; i++) {
      var result = answer.json().get("results").get(i);
      assertTrue(result.get("success").asBoolean());
      assertEquals(i, result.get("offset").asInt());
      assertEquals(topic, result.get("topic").asText());
    }
  }

  @Test
  void aBatchSaysWhichOfItsRecordsFailed() throws Exception {
    var topic = server.topic(1);
    var small = server.topic(1, Map.of("max.message.bytes", "1000"));

    var answer =
        server.post(
            "/produce/batch",
            "[{\"topic\":\"%1$s\",\"message\":1},{\"topic\":\"%2$s\",\"message\":\"%3$s\"}]"
                .formatted(topic, small, "x".repeat(2000)));

    assertEquals(207, answer.status(), answer.body());
    assertFalse(answer.json().get("success").asBoolean());
    assertEquals(1, answer.json().get("messages_sent").asInt());
    var failed = answer.json().get("results").get(1);
    assertFalse(failed.get("success").asBoolean());
    assertTrue(failed.get("error").asText().contains("larger"), answer.body());
    assertNull(failed.get("offset"));
  }

  @Test
  void aBatchWithAWrongRecordIsRefusedAsAWhole() throws Exception {
    var topic = server.topic(1);

    var fields =
        server.post(
            "/produce/batch",
            "[{\"topic\":\"%1$s\",\"message\":1},{\"message\":1}]".formatted(topic));
    var partition =
        server.post(
            "/produce/batch",
            "[{\"topic\":\"%1$s\",\"message\":1},{\"topic\":\"%1$s\",\"message\":1,\"partition\":9}]"
                .formatted(topic));

    assertEquals(422, fields.status());
    assertEquals("[1].topic", fields.json().at("/errors/0/field").asText());
    assertEquals(422, partition.status());
    assertEquals("[1].partition", partition.json().at("/errors/0/field").asText());
    assertTrue(Written.in(EmbeddedKafka.shared().bootstrapServers(), topic).isEmpty());
  }
}
