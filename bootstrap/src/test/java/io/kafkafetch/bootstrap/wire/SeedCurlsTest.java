package io.kafkafetch.bootstrap.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.embedded.EmbeddedKafka;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The requests of the guides of the Producer Server and the Consumer Server, in their order. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SeedCurlsTest {
  private static EmbeddedKafka broker;
  private static WiredServer server;

  @BeforeAll
  static void start() {
    broker = EmbeddedKafka.forTests();
    server = new WiredServer(broker.bootstrapServers());
  }

  @AfterAll
  static void stop() {
    server.close();
    broker.close();
  }

  private static WiredServer.Answer ok(WiredServer.Answer answer) {
    assertEquals(200, answer.status(), answer.body());
    return answer;
  }

  private static WiredServer.Answer produce(String body) {
    var answer = ok(server.post("/produce", body));
    assertTrue(answer.json().get("success").asBoolean());
    return answer;
  }

  private static WiredServer.Answer consume(String body) {
    var answer = ok(server.post("/consume", body));
    assertEquals(
        answer.json().get("count").asInt(), answer.json().get("messages").size(), answer.body());
    return answer;
  }

  @Test
  @Order(1)
  void theServerSaysWhatItIs() {
    var endpoints = ok(server.get("/")).json().get("endpoints");
    for (var name : new String[] {"health", "produce", "consume", "topics", "docs"}) {
      assertEquals("/" + name, endpoints.get(name).asText());
    }
    assertTrue(ok(server.get("/health")).json().get("kafka_connected").asBoolean());
  }

  @Test
  @Order(2)
  void messagesAreProduced() {
    var one =
        produce(
            """
            {"topic": "test-topic", "key": "message-1",
             "message": {"user_id": 123, "action": "login", "data": "Hello from API!"},
             "partition": 0}
            """);
    assertEquals(0, one.json().get("partition").asInt());
    var batch =
        ok(
            server.post(
                "/produce/batch",
                """
                [{"topic": "test-topic", "key": "msg-1", "message": {"text": "First message"}},
                 {"topic": "test-topic", "key": "msg-2", "message": {"text": "Second message"}}]
                """));
    assertEquals(2, batch.json().get("messages_sent").asInt());
    ok(
        server.post(
            "/produce/batch",
            """
            [{"topic": "test", "message": {"id": 1}}, {"topic": "test", "message": {"id": 2}}]
            """));
    produce("{\"topic\": \"test-topic\", \"message\": {\"test\": \"Hello World\"}}");
    ok(
        server.post(
            "/produce/batch",
            """
            [{"topic": "test-topic", "message": {"id": 1}},
             {"topic": "test-topic", "message": {"id": 2}}]
            """));
    for (int i = 1; i <= 100; i++) {
      produce(
          "{\"topic\": \"load-test\", \"message\": {\"id\": %d, \"timestamp\": \"now\"}}"
              .formatted(i));
    }
    assertEquals(400, server.post("/produce", "{\"invalid\": \"json\"").status());
    assertEquals(422, server.post("/produce", "{\"topic\": \"test-topic\"}").status());
  }

  @Test
  @Order(3)
  void messagesAreConsumed() {
    var first =
        consume(
            """
            {"topic": "test-topic", "group_id": "my-consumer-group", "max_messages": 10,
             "timeout": 5.0}
            """);
    assertEquals("my-consumer-group", first.json().get("group_id").asText());
    assertEquals(6, first.json().get("count").asInt());
    var message = first.json().at("/messages/0");
    assertEquals("message-1", message.get("key").asText());
    assertEquals("login", message.at("/value/action").asText());
    assertEquals("kafka-fetch-server", message.at("/value/source").asText());
  }

  @Test
  @Order(4)
  void topicsAndMessagesAreShown() {
    assertTrue(ok(server.get("/topics")).json().findValuesAsText("topic").contains("test-topic"));
    assertEquals(6, ok(server.get("/messages/test-topic")).json().size());
    assertEquals(5, ok(server.get("/messages/test-topic?limit=5")).json().size());
    var three = ok(server.get("/messages/test-topic?limit=3")).json();
    assertEquals("2", three.get(2).at("/value/id").asText());
  }

  @Test
  @Order(5)
  void groupsShareTheWork() {
    for (int i = 0; i < 2; i++) {
      consume("{\"topic\": \"test-topic\", \"group_id\": \"my-group\", \"max_messages\": 3}");
    }
    consume("{\"topic\": \"test-topic\", \"max_messages\": 5}");
    consume("{\"topic\": \"test-topic\", \"max_messages\": 1}");
  }

  @Test
  @Order(6)
  void errorsAreToldAsTheGuidesTellThem() {
    var unknown = server.post("/consume", "{\"topic\": \"non-existent-topic\"}");
    assertEquals(404, unknown.status());
    assertEquals("Failed to consume messages: Topic not found", unknown.detail());
    assertEquals(400, server.post("/consume", "{\"invalid\": \"json\"").status());
    assertEquals(422, server.post("/consume", "{}").status());
  }

  @Test
  @Order(7)
  void aWorkflowGoesRoundTrip() {
    produce("{\"topic\": \"workflow-topic\", \"message\": {\"step\": 1, \"data\": \"Hello\"}}");
    produce("{\"topic\": \"workflow-topic\", \"message\": {\"step\": 2, \"data\": \"World\"}}");
    var both = consume("{\"topic\": \"workflow-topic\", \"max_messages\": 2}");
    assertEquals("World", both.json().at("/messages/1/value/data").asText());
    produce("{\"topic\": \"user-events\", \"message\": {\"event_type\": \"login\"}}");
    assertEquals(
        "login",
        ok(server.get("/messages/user-events?limit=100"))
            .json()
            .at("/0/value/event_type")
            .asText());
  }
}
