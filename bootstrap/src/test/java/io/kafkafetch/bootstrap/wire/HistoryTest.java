package io.kafkafetch.bootstrap.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kafkafetch.adapter.persistence.PostgreSqlSettings;
import io.kafkafetch.adapter.persistence.PostgreSqlStorage;
import io.kafkafetch.embedded.EmbeddedKafka;
import io.kafkafetch.embedded.EmbeddedPostgreSql;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
  private static final String BROKER = EmbeddedKafka.shared().bootstrapServers();

  @TempDir static Path files;
  private static WiredServer server;

  @BeforeAll
  static void start() {
    var database = "history_" + System.nanoTime();
    EmbeddedPostgreSql.shared().createDatabase(database);
    var settings = PostgreSqlSettings.parse(EmbeddedPostgreSql.shared().url(database));
    server = WiredServer.managing(BROKER, PostgreSqlStorage.open(settings), files);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** A resting consumer whose sink is a database with a password. */
  private static String created(String topic) throws Exception {
    var answer =
        server.post(
            "/consumers",
            """
            {"bootstrap_servers": ["%s"], "topic": "%s", "consumer_group": "g",
             "processor_configs": [%s]}
            """
                .formatted(BROKER, topic, database("first")));
    assertEquals(201, answer.status(), answer.body());
    return answer.json().get("consumer_id").asText();
  }

  private static String database(String password) throws Exception {
    return Managed.processor(
        "database_sync", Map.of("db_dsn", "postgresql://u:" + password + "@db.example/x"));
  }

  private static WiredServer.Answer put(String id, String body, String... headers) {
    var answer = server.put("/consumers/" + id, body, headers);
    assertEquals(200, answer.status(), answer.body());
    return answer;
  }

  private static List<String> each(JsonNode versions, String field) {
    var all = new ArrayList<String>();
    versions.forEach(version -> all.add(version.get(field).asText()));
    return all;
  }

  @Test
  void everyChangeIsAVersionAndTheNewestComesFirst() throws Exception {
    var id = created("orders");
    put(id, "{\"tasks_max\": 3, \"delivery\": {\"linger_ms\": 5}}");
    server.post("/consumers/" + id + "/start", "");
    put(id, "{\"topic\": \"payments\"}");

    var versions = server.get("/consumers/" + id + "/versions").json();

    assertEquals(List.of("4", "3", "2", "1"), each(versions, "revision"));
    assertEquals(
        List.of("updated topic", "started", "updated tasks_max, delivery", "created"),
        each(versions, "change"));
    assertEquals(List.of("INACTIVE", "ACTIVE", "INACTIVE", "INACTIVE"), each(versions, "status"));
    assertEquals(List.of("payments", "orders", "orders", "orders"), each(versions, "topic"));
    assertEquals(2, server.get("/consumers/" + id + "/versions?limit=2").json().size());
  }

  @Test
  void noVersionShowsASecret() throws Exception {
    var id = created("orders");
    put(id, "{\"processor_configs\": [%s]}".formatted(database("second")));

    var body = server.get("/consumers/" + id + "/versions").body();

    assertFalse(body.contains("first") || body.contains("second"), body);
    assertTrue(body.contains("postgresql://u:***@db.example/x"), body);
  }

  @Test
  void aRollbackBringsBackWhatWasWantedAsANewRevision() throws Exception {
    var id = created("orders");
    put(id, "{\"tasks_max\": 3, \"processor_configs\": []}");

    var answer = server.post("/consumers/" + id + "/rollback", "{\"revision\": 1}");

    assertEquals(200, answer.status(), answer.body());
    assertEquals(3, answer.json().get("revision").asLong());
    assertEquals(1, answer.json().get("tasks_max").asLong());
    assertEquals(1, answer.json().get("processor_configs").size());
    assertEquals("\"3\"", answer.header("ETag"));
    assertEquals(
        "rolled back to revision 1",
        server.get("/consumers/" + id + "/versions").json().get(0).get("change").asText());
  }

  @Test
  void aRollbackToAnotherTopicLeavesTheConsumerInactive() throws Exception {
    var id = created("orders");
    put(id, "{\"topic\": \"payments\"}");
    server.post("/consumers/" + id + "/start", "");

    var answer = server.post("/consumers/" + id + "/rollback", "{\"revision\": 1}");

    assertEquals("INACTIVE", answer.json().get("status").asText());
    assertEquals("orders", answer.json().get("topic").asText());
  }

  @Test
  void aRollbackToWhatIsWantedAnywayChangesNothing() throws Exception {
    var id = created("orders");

    var answer = server.post("/consumers/" + id + "/rollback", "{\"revision\": 1}");

    assertEquals(1, answer.json().get("revision").asLong());
  }

  @Test
  void aRollbackThatLooksAtAnOldRevisionIsRefused() throws Exception {
    var id = created("orders");
    put(id, "{\"tasks_max\": 3}");

    var answer =
        server.post("/consumers/" + id + "/rollback", "{\"revision\": 1}", "If-Match", "\"1\"");

    assertEquals(412, answer.status(), answer.body());
  }

  @Test
  void aRollbackGoesThroughTheRulesOfToday() throws Exception {
    var exclusive =
        Managed.processor("file_sink", Map.of("file_path", "one.log", "exactly_once", true));
    var id = created("orders");
    put(id, "{\"processor_configs\": [%s]}".formatted(exclusive));
    put(id, "{\"processor_configs\": []}");
    put(created("payments"), "{\"processor_configs\": [%s]}".formatted(exclusive));

    var answer = server.post("/consumers/" + id + "/rollback", "{\"revision\": 2}");

    assertEquals(422, answer.status(), answer.body());
    assertTrue(answer.body().contains("one of them asks to be its only writer"), answer.body());
  }

  @Test
  void whatNeverWasIsNotFound() throws Exception {
    var id = created("orders");

    assertEquals(404, server.post("/consumers/" + id + "/rollback", "{\"revision\": 7}").status());
    assertEquals(404, server.get("/consumers/nobody/versions").status());
    assertEquals(404, server.post("/consumers/nobody/rollback", "{\"revision\": 1}").status());
    assertEquals(422, server.post("/consumers/" + id + "/rollback", "{}").status());
    assertEquals(
        422, server.post("/consumers/" + id + "/rollback", "{\"revision\": \"1\"}").status());
  }
}
