package io.kafkafetch.bootstrap.wire;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kafkafetch.application.memory.InMemoryStorage;
import io.kafkafetch.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InsightTest {
  private static final String BROKER = EmbeddedKafka.shared().bootstrapServers();

  @TempDir static Path files;
  private static WiredServer server;

  @BeforeAll
  static void start() {
    server = WiredServer.managing(BROKER, new InMemoryStorage(InstantSource.system()), files);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String file(String name) throws Exception {
    return Managed.processor("file_sink", Map.of("file_path", name + ".log"));
  }

  private static String unreachable() throws Exception {
    return Managed.processor(
        "database_sync", Map.of("db_dsn", "postgresql://u:hunter2@127.0.0.1:1/x"));
  }

  private static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(40));
  }

  private static JsonNode metrics(String id) {
    var answer = server.get("/consumers/" + id + "/metrics");
    assertEquals(200, answer.status(), answer.body());
    return answer.json();
  }

  private static JsonNode health(String id) {
    var answer = server.get("/consumers/" + id + "/health");
    assertEquals(200, answer.status(), answer.body());
    return answer.json();
  }

  private static void awaitProcessed(String id, long records) {
    eventually().untilAsserted(() -> assertEquals(records, metrics(id).get("processed").asLong()));
  }

  @Test
  void aConsumerTellsWhatItHasDone() throws Exception {
    var topic = server.topic(2);
    Managed.produce(BROKER, topic, 0, 0, 10);
    Managed.produce(BROKER, topic, 1, 0, 5);
    var id = Managed.running(server, BROKER, topic, Managed.name("group"), file(topic));

    awaitProcessed(id, 15);

    eventually()
        .untilAsserted(() -> assertEquals("{\"0\":0,\"1\":0}", metrics(id).get("lag").toString()));
    var metrics = metrics(id);
    assertEquals(15, metrics.get("records_consumed").asLong());
    assertTrue(metrics.get("bytes_consumed").asLong() >= 30, metrics.toString());
    for (var none : List.of("failed", "retried", "dead_lettered")) {
      assertEquals(0, metrics.get(none).asLong(), none);
    }
    for (var time : List.of("last_poll_at", "last_commit_at", "last_progress_at")) {
      assertTrue(metrics.get(time).asText().endsWith("Z"), metrics.toString());
    }
    eventually()
        .untilAsserted(() -> assertTrue(metrics(id).get("records_per_second").asDouble() > 0));
  }

  @Test
  void itsCountsOutliveItsMembers() throws Exception {
    var topic = server.topic(1);
    Managed.produce(BROKER, topic, 0, 0, 10);
    var id = Managed.running(server, BROKER, topic, Managed.name("group"), file(topic));
    awaitProcessed(id, 10);
    Managed.stop(server, id);
    eventually()
        .untilAsserted(() -> assertEquals(10, metrics(id).get("records_consumed").asLong()));

    Managed.produce(BROKER, topic, 0, 10, 17);
    Managed.start(server, id);

    awaitProcessed(id, 17);
    eventually()
        .untilAsserted(
            () -> assertEquals(17, health(id).get("processors").get(0).get("delivered").asLong()));
  }

  @Test
  void aConsumerAndItsProcessorsTellHowTheyAre() throws Exception {
    var topic = server.topic(1);
    Managed.produce(BROKER, topic, 0, 0, 3);
    var id =
        Managed.running(
            server, BROKER, topic, Managed.name("group"), file(topic) + "," + unreachable());

    eventually().until(() -> health(id).get("health").asText().equals("degraded"));

    var health = health(id);
    assertEquals("ACTIVE", health.get("status").asText());
    assertEquals("healthy", health.get("processors").get(0).get("health").asText());
    var database = health.get("processors").get(1);
    assertEquals("degraded", database.get("health").asText(), health.toString());
    assertFalse(database.get("trouble").get("reason").asText().isBlank());
    assertFalse(health.toString().contains("hunter2"), health.toString());
  }

  @Test
  void aSwapDoesNotTakeCountsBack() throws Exception {
    var topic = server.topic(1);
    Managed.produce(BROKER, topic, 0, 0, 3);
    var id = Managed.running(server, BROKER, topic, Managed.name("group"), unreachable());
    eventually().until(() -> metrics(id).get("failed").asLong() >= 2);

    server.put(
        "/consumers/" + id, "{\"processor_configs\": [%s]}".formatted(file("swapped-" + topic)));

    awaitProcessed(id, 3);
    assertTrue(metrics(id).get("failed").asLong() >= 2, metrics(id).toString());
    eventually().until(() -> health(id).get("health").asText().equals("healthy"));
  }

  @Test
  void whoRestsIsHealthyAndHasDoneNothing() throws Exception {
    var id = Managed.running(server, BROKER, server.topic(1), Managed.name("g"), file("resting"));
    Managed.stop(server, id);

    assertEquals("healthy", health(id).get("health").asText());
    assertEquals("INACTIVE", health(id).get("status").asText());
    assertEquals(0, metrics(id).get("processed").asLong());
    assertEquals(404, server.get("/consumers/nobody/metrics").status());
    assertEquals(404, server.get("/consumers/nobody/health").status());
  }
}
