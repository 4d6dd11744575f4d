package io.kafkafetch.adapter.http;

import static io.kafkafetch.adapter.http.TestApi.PAYMENTS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

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
        java.util.List.of(
            "broker_ip",
            "broker_port",
            "consumer_group",
            "auto_start",
            "processor_configs[0].config.rotate_bytes",
            "processor_configs[1]",
            "processor_configs[1].processor_type",
            "processor_configs[1].config",
            "tasks_max",
            "colour"),
        fields,
        answer.body());
    assertTrue(answer.body().contains("accepted are broker_ip, broker_port"), answer.body());
    assertFalse(answer.detail().isBlank());
  }

  @Test
  @DisplayName("what the application refuses names the path of the field")
  void refusedByTheApplication() {
    var answer = api.post("/consumers", PAYMENTS.replace("file_path", "path"));

    assertEquals(422, answer.status());
    assertEquals("processor_configs[0].config.path", answer.json().at("/errors/0/field").asText());
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
  }
}
