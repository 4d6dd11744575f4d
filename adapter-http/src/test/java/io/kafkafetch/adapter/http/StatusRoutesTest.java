package io.kafkafetch.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What the server says of itself")
class StatusRoutesTest {
  private final TestApi api = TestApi.open();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  @DisplayName("is its name, version, places and cluster")
  void root() {
    var json = api.get("/").json();

    assertEquals("1.2.3", json.get("version").asText());
    assertFalse(json.get("message").asText().isBlank());
    assertEquals("/health", json.at("/endpoints/health").asText());
    assertEquals("/docs", json.at("/endpoints/docs").asText());
    assertEquals("/consumers", json.at("/endpoints/consumers").asText());
    assertEquals("127.0.0.1:9092", json.at("/kafka/bootstrap_servers/0").asText());
    assertTrue(json.at("/kafka/embedded").asBoolean());
    for (var place : json.get("endpoints")) {
      var path = place.asText().replace("{topic}", "some");
      assertNotEquals(404, api.get(path).status(), path);
    }
  }

  @Test
  @DisplayName("is healthy while Kafka and the database answer")
  void healthy() {
    var answer = api.get("/health");

    assertEquals(200, answer.status());
    assertEquals("healthy", answer.json().get("status").asText());
    assertEquals("2026-01-02T03:04:05.678901Z", answer.json().get("timestamp").asText());
    assertTrue(answer.json().get("kafka_connected").asBoolean());
    assertTrue(answer.json().get("database_connected").asBoolean());
  }

  @Test
  @DisplayName("is unhealthy but live and ready while Kafka does not answer")
  void kafkaAway() {
    api.broker.reachable = false;

    var answer = api.get("/health/");

    assertEquals(503, answer.status());
    assertEquals("application/json", answer.header("content-type"));
    assertEquals("unhealthy", answer.json().get("status").asText());
    assertFalse(answer.json().get("kafka_connected").asBoolean());
    assertEquals("1", answer.header("retry-after"));
    assertEquals(200, api.get("/health/live").status());
    assertEquals(200, api.get("/health/ready").status());
  }

  @Test
  @DisplayName("is which processors it has, by a schema that accepts what validation accepts")
  void processors() throws Exception {
    var types = api.get("/processors").json();

    assertEquals("database_sync", types.at("/0/processor_type").asText());
    var file = types.get(1);
    assertEquals("file_sink", file.get("processor_type").asText());
    assertEquals("file_path", file.at("/config_schema/required/0").asText());
    assertEquals(
        "url_password", types.at("/0/config_schema/properties/db_dsn/x-redaction").asText());
    var schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(file.get("config_schema"));
    for (var config :
        Map.of(
                "{\"file_path\": \"/a\"}", true,
                "{\"file_path\": \" \"}", false,
                "{}", false,
                "{\"file_path\": \"/a\", \"colour\": 1}", false,
                "{\"file_path\": \"/a\", \"format\": \"json\", \"rotate_bytes\": 1024}", true,
                "{\"file_path\": \"/a\", \"rotate_bytes\": 1023}", false,
                "{\"file_path\": \"/a\", \"labels\": {\"a\": \"b\"}}", true,
                "{\"file_path\": \"/a\", \"labels\": {\"a\": 1}}", false,
                "{\"file_path\": \"/a\", \"labels\": {\"a\": \"123456789\"}}", false)
            .entrySet()) {
      var sent =
          api.post(
              "/consumers",
              TestApi.PAYMENTS.replaceFirst(
                  "\"config\": \\{[^}]*}", "\"config\": " + config.getKey()));
      assertEquals(config.getValue() ? 201 : 422, sent.status(), config.getKey());
      assertEquals(
          config.getValue(),
          schema.validate(TestApi.JSON.readTree(config.getKey())).isEmpty(),
          config.getKey());
    }
  }

  @Test
  @DisplayName("is asked by HEAD and OPTIONS, too")
  void headAndOptions() {
    var head = api.send("HEAD", "/consumers", "");
    var options = api.send("OPTIONS", "/consumers/", "");

    assertEquals(200, head.status());
    assertEquals("", head.body());
    assertEquals("application/json", head.header("content-type"));
    assertEquals("2", head.header("content-length"));
    assertEquals(404, api.send("HEAD", "/consumers/nobody", "").status());
    assertEquals(204, options.status());
    assertEquals("GET, HEAD, OPTIONS, POST", options.header("allow"));
  }

  @Test
  @DisplayName("is what an address takes, when it is asked for something else")
  void otherMethod() {
    var answer = api.delete("/consumers");

    assertEquals(405, answer.status());
    assertEquals("GET, HEAD, OPTIONS, POST", answer.header("allow"));
    assertEquals("application/problem+json", answer.header("content-type"));
    assertEquals("OPTIONS, POST", api.get("/api/consumers").header("allow"));
    assertEquals(404, api.get("/nowhere").status());
    assertEquals(400, api.get("//consumers").status());
    assertEquals(404, api.get("/consumers/a/b").status());
    assertEquals("Consumer a/b%c not found", api.get("/consumers/a%2Fb%25c").detail());
  }

  @Test
  @DisplayName("carries headers that keep browsers from mischief, and the reference of the request")
  void headers() {
    var answer = api.get("/", "X-Request-Id", "my-request.1");
    var other = api.get("/nowhere", "X-Request-Id", "bad id");

    assertEquals("my-request.1", answer.header("x-request-id"));
    assertEquals("nosniff", answer.header("x-content-type-options"));
    assertEquals("no-store", answer.header("cache-control"));
    assertTrue(answer.header("content-security-policy").contains("default-src 'none'"));
    assertEquals("", answer.header("server"));
    assertTrue(other.header("x-request-id").matches("[0-9a-z]+"));
  }
}
