package io.kafkafetch.bootstrap.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kafkafetch.application.memory.InMemoryStorage;
import io.kafkafetch.bootstrap.secrets.AllowedSecrets;
import io.kafkafetch.embedded.EmbeddedKafka;
import io.kafkafetch.embedded.EmbeddedPostgreSql;
import io.kafkafetch.embedded.FaultProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DryRunTest {
  private static final String BROKER = EmbeddedKafka.shared().bootstrapServers();

  @TempDir static Path files;
  private static WiredServer server;

  @BeforeAll
  static void start() {
    var secrets =
        new AllowedSecrets(
            Optional.of("SINK_"), List.of(), Map.of("SINK_USER", "postgres", "OTHER", "private"));
    server =
        WiredServer.managing(BROKER, new InMemoryStorage(InstantSource.system()), files, secrets);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String consumer(String broker, String topic, String processors) {
    return """
    {"bootstrap_servers": ["%s"], "topic": "%s", "consumer_group": "dry", "auto_start": true,
     "processor_configs": [%s]}
    """
        .formatted(broker, topic, processors);
  }

  private static String file() throws Exception {
    return Managed.processor("file_sink", Map.of("file_path", "dry.log"));
  }

  private static JsonNode tried(String body) {
    var answer = server.post("/consumers?dry_run=true", body);
    assertEquals(200, answer.status(), answer.body());
    assertEquals(0, server.get("/consumers").json().size());
    return answer.json();
  }

  private static JsonNode check(JsonNode found, String name) {
    for (var check : found.get("checks")) {
      if (check.get("name").asText().equals(name)) {
        return check;
      }
    }
    throw new AssertionError("No check " + name + " in " + found);
  }

  private static void assertFails(JsonNode found, String name, String detail) {
    assertFalse(found.get("valid").asBoolean(), found.toString());
    assertFalse(check(found, name).get("ok").asBoolean(), found.toString());
    var said = check(found, name).get("detail").asText();
    assertTrue(said.contains(detail), said);
  }

  @Test
  void whatWouldRunIsValidAndEveryPartOfItWasLookedAt() throws Exception {
    var database =
        Managed.processor(
            "database_sync",
            Map.of("db_dsn", EmbeddedPostgreSql.shared().url("postgres"), "table", "dry_run"));

    var found = tried(consumer(BROKER, server.topic(3), file() + "," + database));

    assertTrue(found.get("valid").asBoolean(), found.toString());
    assertTrue(check(found, "broker").get("detail").asText().contains(BROKER));
    assertTrue(check(found, "topic").get("detail").asText().contains("3 partitions"));
    assertTrue(check(found, "group").get("detail").asText().contains("Nobody reads"));
    assertTrue(found.toString().contains("processor_configs[0]."), found.toString());
    assertTrue(found.toString().contains("processor_configs[1]."), found.toString());
  }

  @Test
  void aMissingTopicIsSaid() throws Exception {
    var found = tried(consumer(BROKER, "nowhere-to-be-seen", file()));

    assertFails(found, "topic", "There is no topic nowhere-to-be-seen");
    assertTrue(check(found, "broker").get("ok").asBoolean());
  }

  @Test
  void everyWrongFieldIsSaid() {
    var found = tried("{\"topic\": \"a b\", \"broker_ip\": \"h\", \"broker_port\": 0}");

    assertFalse(found.get("valid").asBoolean());
    assertTrue(found.get("checks").size() >= 3, found.toString());
    assertFails(found, "spec", "");
  }

  @Test
  void aRefusedDatabaseIsSaidWithoutItsPassword() throws Exception {
    var closed = "postgresql://postgres:hunter2@127.0.0.1:1/x";
    var database = Managed.processor("database_sync", Map.of("db_dsn", closed));

    var found = tried(consumer(BROKER, server.topic(1), database));

    assertFalse(found.get("valid").asBoolean(), found.toString());
    assertFalse(found.toString().contains("hunter2"), found.toString());
  }

  @Test
  void aSecretThatMayNotBeReferredToIsSaid() throws Exception {
    var dsn = "postgresql://%s@127.0.0.1:" + EmbeddedPostgreSql.shared().port() + "/postgres";
    var allowed = Map.<String, Object>of("db_dsn", dsn.formatted("${env:SINK_USER}"));
    var forbidden = Map.<String, Object>of("db_dsn", dsn.formatted("u:${env:OTHER}"));
    var topic = server.topic(1);

    var found =
        tried(
            consumer(
                BROKER,
                topic,
                Managed.processor("database_sync", allowed)
                    + ","
                    + Managed.processor("database_sync", forbidden)));

    assertFails(found, "processor_configs[1].secrets", "only names that start with SINK_");
    assertFalse(found.toString().contains("processor_configs[0].secrets"), found.toString());
    assertFalse(found.toString().contains("private"), found.toString());
  }

  @Test
  @Timeout(40)
  void aBrokerThatDoesNotAnswerIsSaidWithinABoundedTime() throws Exception {
    try (var proxy = FaultProxy.to("127.0.0.1", EmbeddedKafka.shared().port())) {
      proxy.blackhole();

      var found = tried(consumer("127.0.0.1:" + proxy.port(), "orders", file()));

      assertFails(found, "broker", "");
      assertTrue(found.toString().contains("processor_configs[0]."), found.toString());
    }
  }

  @Test
  @Timeout(8)
  void aBrokerThatRefusesConnectionsIsSaidSoonAndNamed() throws Exception {
    var broker = "127.0.0.1:" + closedPort();

    var found = tried(consumer(broker, "orders", file()));

    assertFails(found, "broker", broker + " refuses the connection");
    assertTrue(check(found, "spec").get("ok").asBoolean(), found.toString());
  }

  @Test
  @Timeout(15)
  void aBrokerOfARunningConsumerThatRefusesConnectionsIsSaidSoonToo() throws Exception {
    var broker = "127.0.0.1:" + closedPort();
    var id =
        server
            .post("/consumers", consumer(broker, "orders", file()))
            .json()
            .get("consumer_id")
            .asText();
    try {
      var began = System.nanoTime();

      var found = server.put("/consumers/" + id + "?dry_run=true", "{\"tasks_max\": 2}");

      assertFails(found.json(), "broker", broker + " refuses the connection");
      assertTrue(System.nanoTime() - began < 6_000_000_000L, "It took too long");
    } finally {
      assertEquals(204, server.delete("/consumers/" + id).status());
    }
  }

  private static int closedPort() throws IOException {
    try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return closed.getLocalPort();
    }
  }

  @Test
  void whatCannotBeReadIsRefusedTogetherWithEveryWrongValue() {
    var answer =
        server.post(
            "/consumers?dry_run=true",
            "{\"topic\": \"a b\", \"broker_ip\": \"h\", \"broker_port\": 0, \"colour\": 1}");

    assertEquals(422, answer.status());
    assertEquals(
        List.of("broker_port", "colour", "consumer_group", "topic"),
        answer.json().get("errors").findValuesAsText("field"));
  }

  @Test
  void aChangeIsTriedOnWhatIsThere() throws Exception {
    var topic = server.topic(1);
    var id =
        server
            .post("/consumers", consumer(BROKER, topic, file()).replace("true", "false"))
            .json()
            .get("consumer_id")
            .asText();

    var fine = server.put("/consumers/" + id + "?dry_run=true", "{\"tasks_max\": 2}");
    var wrong = server.put("/consumers/" + id + "?dry_run=true", "{\"topic\": \"missing\"}");
    var stale =
        server.put("/consumers/" + id + "?dry_run=true", "{\"tasks_max\": 2}", "If-Match", "\"9\"");

    assertTrue(fine.json().get("valid").asBoolean(), fine.body());
    assertFails(wrong.json(), "topic", "There is no topic missing");
    assertEquals(412, stale.status());
    assertEquals(404, server.put("/consumers/nobody?dry_run=true", "{}").status());
    assertEquals(1, server.get("/consumers/" + id).json().get("revision").asLong());
    assertEquals(204, server.delete("/consumers/" + id).status());
  }
}
