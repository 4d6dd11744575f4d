package io.kafkafetch.adapter.http;

import static io.kafkafetch.adapter.http.TestApi.PAYMENTS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What is refused of a managed consumer")
class RefusedConsumersTest {
  private final TestApi api = TestApi.open();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  @DisplayName("everything wrong with a body is named at once, with what is accepted")
  void validation() {
    var answer =
        api.post(
            "/consumers",
            """
            {"broker_ip": 7, "broker_port": "9092", "topic": "a b", "consumer_group": null,
             "colour": "red", "auto_start": "yes", "tasks_max": 1.5,
             "processor_configs": [{"processor_type": "file_sink",
               "config": {"path": "/x", "rotate_bytes": 99999999999999999999}}, 3]}
            """);

    assertEquals(422, answer.status());
    var errors = answer.json().get("errors");
    var fields = errors.findValuesAsText("field");
    assertEquals(
        List.of(
            "auto_start",
            "broker_ip",
            "broker_port",
            "colour",
            "consumer_group",
            "processor_configs[0].config.file_path",
            "processor_configs[0].config.path",
            "processor_configs[0].config.rotate_bytes",
            "processor_configs[1]",
            "tasks_max",
            "topic"),
        fields,
        answer.body());
    assertTrue(answer.body().contains("accepted are broker_ip, broker_port"), answer.body());
    assertFalse(answer.detail().isBlank());
  }

  /** Every place in which something can be wrong, and what is said of it. */
  private static final String WRONG_EVERYWHERE =
      """
      {"broker_port": 70000, "bootstrap_servers": ["a:1", 7, "b"],
       "client_config": {"security.protocol": "SASL", "ssl.key.password": 1, "sasl.jaas.config": "x"},
       "topic": "a/b", "consumer_group": "", "auto_start": "yes", "auto_offset_reset": "first",
       "tasks_max": 65, "colour": "red",
       "delivery": {"max_batch_records": 0, "linger_ms": "5", "speed": 1,
         "retry": {"initial_ms": 0, "max_ms": 5, "jitter": 2, "tries": 3, "attempts": false},
         "dead_letter": {"enabled": 1, "topic": "..", "queue": "q"}},
       "processor_configs": [
         {"processor_type": "file_sink", "colour": "red", "config":
           {"file_path": null, "format": "csv", "rotate_bytes": "big", "labels": {"a": 1}, "x": {}}},
         {"processor_type": "mailer", "config": {"to": "x"}},
         {"config": {}},
         {"processor_type": "database_sync"},
         {"processor_type": "database_sync", "config": []},
         {"processor_type": "database_sync", "config": {}},
         "file_sink"]}
      """;

  private static final String DATABASE_KEYS = "db_dsn (required)";
  private static final Map<String, String> SAID_OF_EACH =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("auto_offset_reset", "must be earliest or latest"),
              Map.entry("auto_start", "must be true or false, not a text"),
              Map.entry("bootstrap_servers", "must not be given together with another broker_ip"),
              Map.entry("bootstrap_servers[1]", "must be a text, not 7"),
              Map.entry("bootstrap_servers[2]", "must be host:port with a port from 1 to 65535"),
              Map.entry("client_config.sasl.jaas.config", "accepted are security.protocol, "),
              Map.entry("client_config.security.protocol", "must be one of PLAINTEXT, SSL, "),
              Map.entry("client_config.ssl.key.password", "must be a text, not 1"),
              Map.entry("colour", "is not a known field; accepted are broker_ip, "),
              Map.entry("consumer_group", "must be 1 to 249 characters"),
              Map.entry("delivery.dead_letter.enabled", "must be true or false, not 1"),
              Map.entry("delivery.dead_letter.queue", "accepted are enabled, topic"),
              Map.entry("delivery.dead_letter.topic", "must be 1 to 249 characters"),
              Map.entry("delivery.linger_ms", "must be a whole number, not a text"),
              Map.entry("delivery.max_batch_records", "must be a whole number from 1 to 100000"),
              Map.entry("delivery.retry.attempts", "must be a whole number, not false"),
              Map.entry("delivery.retry.initial_ms", "must be a whole number from 1 to 86400000"),
              Map.entry("delivery.retry.jitter", "must be a number from 0 to 1"),
              Map.entry(
                  "delivery.retry.tries", "accepted are initial_ms, max_ms, jitter, attempts"),
              Map.entry("delivery.speed", "accepted are max_batch_records, "),
              Map.entry("processor_configs[0].colour", "accepted are processor_type, config"),
              Map.entry("processor_configs[0].config.file_path", "must not be null"),
              Map.entry("processor_configs[0].config.format", "must be one of value, json"),
              Map.entry("processor_configs[0].config.labels", "must be an object of at most 2"),
              Map.entry("processor_configs[0].config.rotate_bytes", "must be a whole number from"),
              Map.entry("processor_configs[0].config.x", "accepted are file_path (required), "),
              Map.entry(
                  "processor_configs[1].processor_type", "accepted are database_sync, file_sink"),
              Map.entry(
                  "processor_configs[2].processor_type",
                  "is required and must be one of database_sync, file_sink"),
              Map.entry(
                  "processor_configs[3].config",
                  "is required and must be an object with the keys " + DATABASE_KEYS),
              Map.entry("processor_configs[4].config", "must be an object, not a list"),
              Map.entry("processor_configs[5].config.db_dsn", "accepted keys are " + DATABASE_KEYS),
              Map.entry("processor_configs[6]", "must be an object, not a text"),
              Map.entry("tasks_max", "must be a whole number from 1 to 64"),
              Map.entry("topic", "must be 1 to 249 characters")));

  @ParameterizedTest
  @ValueSource(strings = {"/consumers", "/api/consumers", "/consumers?dry_run=true"})
  @DisplayName("something wrong in every place gives every name, once, in order")
  void wrongEverywhere(String path) {
    assertAllIsNamed(api.post(path, WRONG_EVERYWHERE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?dry_run=true"})
  @DisplayName("a change that is wrong everywhere is told the same, and changes nothing")
  void wrongChange(String query) {
    var path = "/consumers/" + api.payments();

    assertAllIsNamed(api.put(path + query, WRONG_EVERYWHERE));
    assertEquals(1, api.get(path).json().get("revision").asLong());
  }

  private static void assertAllIsNamed(TestApi.Answer answer) {
    assertEquals(422, answer.status());
    var errors = answer.json().get("errors");
    assertEquals(List.copyOf(SAID_OF_EACH.keySet()), errors.findValuesAsText("field"));
    for (var error : errors) {
      var accepted = String.valueOf(SAID_OF_EACH.get(error.get("field").asText()));
      assertTrue(error.get("message").asText().contains(accepted), error.toString());
    }
    assertEquals(
        "auto_offset_reset must be earliest or latest (and " + (errors.size() - 1) + " more)",
        answer.detail());
  }

  @Test
  @DisplayName("a body that is no object is told that alone")
  void noObject() {
    var answer = api.post("/consumers", "[]");

    assertEquals(422, answer.status());
    assertEquals("body must be an object, not a list", answer.detail());
    assertEquals(400, api.post("/consumers", "{\"topic\": }").status());
  }

  @Test
  @DisplayName("a session that is wrong everywhere is told all of it, too")
  void wrongSession() {
    var answer =
        api.post(
            "/api/consumers/subscribe",
            """
            {"group_id": "", "topics": ["a b", 1, "c"], "auto_offset_reset": "first",
             "session_timeout_ms": 5, "format": 7, "colour": "red"}
            """);

    assertEquals(400, answer.status());
    assertEquals(
        List.of(
            "auto_offset_reset",
            "colour",
            "format",
            "group_id",
            "session_timeout_ms",
            "topics[0]",
            "topics[1]"),
        answer.json().get("errors").findValuesAsText("field"));
  }

  @Test
  @DisplayName("what the application refuses names the path of the field")
  void refusedByTheApplication() {
    var answer = api.post("/consumers", PAYMENTS.replace("file_path", "path"));

    assertEquals(422, answer.status());
    assertEquals(
        List.of("processor_configs[0].config.file_path", "processor_configs[0].config.path"),
        answer.json().get("errors").findValuesAsText("field"));
    assertTrue(answer.body().contains("file_path (required)"));
  }

  @Test
  @DisplayName("a query that cannot be meant is a 422 that names the parameter")
  void wrongQuery() {
    for (var query :
        new String[] {"limit=0", "limit=x", "status=RUNNING", "colour=red", "limit=1&limit=2"}) {
      var answer = api.get("/consumers?" + query);
      assertEquals(422, answer.status(), query);
      assertEquals(
          query.substring(0, query.indexOf('=')), answer.json().at("/errors/0/field").asText());
    }
    assertEquals(422, api.get("/consumers/" + api.payments() + "?verbose=true").status());
    assertEquals(
        List.of("colour", "cursor", "limit", "status"),
        api.get("/consumers?colour=red&cursor=%20&limit=0&status=RUNNING")
            .json()
            .get("errors")
            .findValuesAsText("field"));
  }
}
