package io.kafkafetch.adapter.http;

import static io.kafkafetch.adapter.http.TestApi.PAYMENTS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.domain.consumer.Failure;
import io.kafkafetch.domain.consumer.Trouble;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Managed consumers over HTTP")
class ConsumerRoutesTest {
  private final TestApi api = TestApi.open();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  @DisplayName("a new consumer is answered 201 in the shape of the seed, with its place and tag")
  void create() {
    var answer = api.post("/consumers/", PAYMENTS);

    assertEquals(201, answer.status());
    assertEquals("application/json", answer.header("content-type"));
    var json = answer.json();
    assertEquals("192.168.0.10", json.get("broker_ip").asText());
    assertEquals(9092, json.get("broker_port").asInt());
    assertEquals("payments", json.get("topic").asText());
    assertEquals("payment_group", json.get("consumer_group").asText());
    assertEquals("ACTIVE", json.get("status").asText());
    var processor = json.at("/processor_configs/0");
    assertEquals("file_sink", processor.get("processor_type").asText());
    assertEquals("/var/log/payment_messages.log", processor.at("/config/file_path").asText());
    assertEquals(36, processor.get("id").asText().length());
    assertEquals("2026-01-02T03:04:05.678901Z", json.get("created_at").asText());
    assertEquals("192.168.0.10:9092", json.at("/bootstrap_servers/0").asText());
    assertTrue(json.get("error").isNull() && json.get("trouble").isNull());
    assertFalse(json.get("stalled").asBoolean());
    assertEquals("/consumers/" + json.get("consumer_id").asText(), answer.header("location"));
    assertEquals("\"1\"", answer.header("etag"));
  }

  @Test
  @DisplayName("the alias under /api makes consumers, too")
  void alias() {
    assertEquals(201, api.post("/api/consumers", PAYMENTS).status());
    assertEquals(201, api.post("/api/consumers/", PAYMENTS).status());
    assertEquals(2, api.get("/consumers").json().size());
  }

  @Test
  @DisplayName("an unknown consumer is a 404 with the seed's text")
  void unknown() {
    for (var answer :
        new TestApi.Answer[] {
          api.get("/consumers/non-existent-uuid"),
          api.put("/consumers/non-existent-uuid", "{\"nonsense\": 1}"),
          api.post("/consumers/non-existent-uuid/start", ""),
          api.delete("/consumers/non-existent-uuid")
        }) {
      assertEquals(404, answer.status());
      assertEquals("application/problem+json", answer.header("content-type"));
      assertEquals("Consumer non-existent-uuid not found", answer.detail());
    }
    assertEquals("Consumer %20 not found".replace("%20", " "), api.get("/consumers/%20").detail());
  }

  @Test
  @DisplayName("a change is partial, and another broker leaves the consumer INACTIVE")
  void update() {
    var id = api.payments();

    var answer =
        api.put("/consumers/" + id, "{\"broker_ip\": \"192.168.0.20\", \"broker_port\": 9094}");

    assertEquals(200, answer.status());
    assertEquals("192.168.0.20", answer.json().get("broker_ip").asText());
    assertEquals("payments", answer.json().get("topic").asText());
    assertEquals("INACTIVE", answer.json().get("status").asText());
    assertEquals("\"2\"", answer.header("etag"));
  }

  @Test
  @DisplayName("what was answered may be sent back whole and changes nothing")
  void roundTrip() {
    var id = api.payments();
    var whole = api.get("/consumers/" + id);

    var answer = api.put("/consumers/" + id, whole.body());

    assertEquals(200, answer.status(), answer.body());
    assertEquals(whole.json(), answer.json());
  }

  @Test
  @DisplayName("start and stop answer the whole consumer and are idempotent")
  void startAndStop() {
    var id = api.payments();

    var stopped = api.post("/consumers/" + id + "/stop", "");
    var again = api.post("/consumers/" + id + "/stop/", "");
    var started = api.post("/consumers/" + id + "/start", "");

    assertEquals("INACTIVE", stopped.json().get("status").asText());
    assertEquals(stopped.body(), again.body());
    assertEquals("ACTIVE", started.json().get("status").asText());
    assertEquals("payments", started.json().get("topic").asText());
  }

  @Test
  @DisplayName("a deleted consumer is gone, and its deletion has no body")
  void delete() {
    var id = api.payments();

    var answer = api.delete("/consumers/" + id);

    assertEquals(204, answer.status());
    assertEquals("", answer.body());
    assertEquals("", answer.header("content-type"));
    assertEquals(404, api.get("/consumers/" + id).status());
  }

  @Test
  @DisplayName("of two writers with the same tag one wins and the other gets 412")
  void ifMatch() {
    var id = api.payments();
    var path = "/consumers/" + id;

    assertEquals(200, api.put(path, "{\"tasks_max\": 2}", "If-Match", "\"1\"").status());
    assertEquals(412, api.put(path, "{\"tasks_max\": 3}", "If-Match", "\"1\"").status());
    assertEquals(412, api.post(path + "/stop", "", "If-Match", "\"1\"").status());
    assertEquals(412, api.delete(path, "If-Match", "W/\"2\"").status());
    assertEquals(412, api.delete(path, "If-Match", "\"abc\"").status());
    assertEquals(412, api.delete(path, "If-Match", "\"7\", \"8\"").status());
    assertEquals(400, api.delete(path, "If-Match", "2").status());
    assertEquals(400, api.delete(path, "If-Match", "\"2").status());
    assertEquals(2, api.get(path).json().get("tasks_max").asInt());
    assertEquals(200, api.post(path + "/stop", "", "If-Match", "\"1\", \"2\"").status());
    assertEquals(204, api.delete(path, "If-Match", "*").status());
  }

  @Test
  @DisplayName("the list is filtered and paged, with a link to the next page")
  void list() {
    for (int i = 0; i < 5; i++) {
      api.payments();
    }
    api.post("/consumers", PAYMENTS.replace("payments", "orders").replace("true", "false"));

    assertEquals(6, api.get("/consumers/").json().size());
    assertEquals(1, api.get("/consumers?topic=orders&status=INACTIVE").json().size());
    assertEquals(0, api.get("/consumers?consumer_group=nobody").json().size());
    var first = api.get("/consumers?topic=payments&limit=2");
    assertEquals(2, first.json().size());
    assertTrue(
        first
            .header("link")
            .matches("</consumers\\?topic=payments&limit=2&cursor=.+>; rel=\"next\""),
        first.header("link"));
    var second = api.get(next(first));
    var last = api.get(next(second));
    assertEquals(2, second.json().size());
    assertEquals(1, last.json().size());
    assertEquals("", last.header("link"));
    assertEquals(422, api.get("/consumers?cursor=nonsense").status());
  }

  private static String next(TestApi.Answer page) {
    return page.header("link").replaceAll("<(.*)>.*", "$1");
  }

  @Test
  @DisplayName("a consumer in ERROR says why, and one in trouble what is not well")
  void honestStatus() {
    var failing = api.payments();
    var ailing = api.payments();
    api.halt(failing, Failure.fatal("The broker refused the password", TestApi.NOW));
    api.report(
        ailing,
        new Trouble("No broker answers", TestApi.NOW, 3, Optional.of(TestApi.NOW.plusSeconds(9))));

    var error = api.get("/consumers/" + failing).json();
    var trouble = api.get("/consumers/" + ailing).json();

    assertEquals("ERROR", error.get("status").asText());
    assertEquals("The broker refused the password", error.at("/error/reason").asText());
    assertTrue(error.at("/error/next_retry_at").isNull());
    assertEquals("ACTIVE", trouble.get("status").asText());
    assertEquals("No broker answers", trouble.at("/trouble/reason").asText());
    assertEquals(3, trouble.at("/trouble/attempts").asInt());
    assertEquals("2026-01-02T03:04:14.678901Z", trouble.at("/trouble/next_retry_at").asText());
    assertEquals("2026-01-02T03:04:05.678901Z", trouble.get("last_poll_at").asText());
  }

  @Test
  @DisplayName("how records are delivered can be asked for in part, and null means endless")
  void delivery() {
    var id = api.payments();
    var path = "/consumers/" + id;

    var set =
        api.put(
            path,
            """
            {"delivery": {"linger_ms": 5, "retry": {"attempts": 3, "jitter": 0},
             "dead_letter": {"topic": "graveyard"}}}
            """);
    var reset = api.put(path, "{\"delivery\": {\"retry\": {\"attempts\": null}}}");
    var wrong = api.put(path, "{\"delivery\": {\"retry\": {\"jitter\": 2, \"speed\": 1}}}");

    assertEquals(5, set.json().at("/delivery/linger_ms").asInt(), set.body());
    assertEquals(3, set.json().at("/delivery/retry/attempts").asInt());
    assertEquals("graveyard", set.json().at("/delivery/dead_letter/topic").asText());
    assertTrue(reset.json().at("/delivery/retry/attempts").isNull());
    assertEquals(5, reset.json().at("/delivery/linger_ms").asInt());
    assertEquals("ACTIVE", reset.json().get("status").asText());
    assertEquals(422, wrong.status());
    assertTrue(wrong.body().contains("delivery.retry.speed"), wrong.body());
  }

  @Test
  @DisplayName("a password never comes back, and what came back can be sent again")
  void secrets() {
    var created =
        api.post(
            "/consumers",
            """
            {"broker_ip": "::1", "broker_port": 9092, "topic": "payments",
             "consumer_group": "g", "processor_configs": [{"processor_type": "database_sync",
               "config": {"db_dsn": "postgresql://user:hunter2@db-host/payments"}}]}
            """);
    var path = created.header("location");

    var again = api.put(path, created.body());

    assertEquals(201, created.status(), created.body());
    assertEquals("[::1]:9092", created.json().at("/bootstrap_servers/0").asText());
    assertEquals(200, again.status(), again.body());
    assertEquals(created.json(), again.json());
    assertFalse((created.body() + again.body()).contains("hunter2"));
  }
}
