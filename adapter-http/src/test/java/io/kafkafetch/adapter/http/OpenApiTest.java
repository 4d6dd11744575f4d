package io.kafkafetch.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import io.kafkafetch.domain.consumer.Failure;
import io.kafkafetch.domain.consumer.Trouble;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The description of the API")
class OpenApiTest {
  private final TestApi api = TestApi.open();
  private final JsonNode document = api.get("/openapi.json").json();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  @DisplayName("names exactly the routes that are answered")
  void routes() {
    var described = new TreeSet<String>();
    for (var path : document.get("paths").properties()) {
      for (var operation : path.getValue().properties()) {
        described.add(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
      }
    }
    var answered = new TreeSet<String>();
    for (var route : api.api.routes()) {
      if (!route.startsWith("HEAD ")) {
        answered.add(route);
      }
    }

    assertEquals(answered, described);
  }

  @Test
  @DisplayName("is OpenAPI 3.1, whole in itself and with a name for each operation")
  void whole() {
    assertTrue(document.get("openapi").asText().startsWith("3.1."));
    assertEquals("1.2.3", document.at("/info/version").asText());
    var ids = new TreeSet<String>();
    document
        .findValues("operationId")
        .forEach(id -> assertTrue(ids.add(id.asText()), id.asText() + " is there twice"));
    for (var ref : document.findValues("$ref")) {
      assertFalse(
          document.at(ref.asText().substring(1)).isMissingNode(), ref.asText() + " leads nowhere");
    }
    for (var path : document.get("paths").properties()) {
      for (var operation : path.getValue()) {
        assertTrue(operation.has("operationId") && operation.has("summary"), path.getKey());
        var named = new TreeSet<String>();
        operation.path("parameters").forEach(p -> named.add(resolved(p).get("name").asText()));
        Pattern.compile("\\{(\\w+)}")
            .matcher(path.getKey())
            .results()
            .forEach(part -> assertTrue(named.contains(part.group(1)), path.getKey()));
      }
    }
  }

  @Test
  @DisplayName("holds for what is really answered, status, type, headers and body")
  void answers() {
    var created = api.post("/consumers", TestApi.PAYMENTS);
    var path = created.header("location");
    assertDescribed("post", "/consumers", created);
    assertDescribed("post", "/consumers", api.post("/consumers", "{}"));
    assertDescribed("post", "/consumers", api.post("/consumers", "{"));
    assertDescribed(
        "post", "/consumers", api.post("/consumers", "x", "Content-Type", "text/plain"));
    assertDescribed("post", "/consumers", api.post("/consumers", " ".repeat(2 << 20)));
    assertDescribed("post", "/api/consumers", api.post("/api/consumers", TestApi.PAYMENTS));
    assertDescribed("get", "/consumers", api.get("/consumers"));
    assertDescribed("get", "/consumers", api.get("/consumers?limit=1"));
    assertDescribed("get", "/consumers", api.get("/consumers?limit=0"));
    assertDescribed("get", "/consumers", api.get("/consumers", "Origin", "http://evil.example"));
    var one = "/consumers/{consumer_id}";
    assertDescribed("get", one, api.get(path));
    assertDescribed("get", one, api.get("/consumers/nobody"));
    assertDescribed("put", one, api.put(path, "{\"tasks_max\": 3}"));
    assertDescribed("put", one, api.put(path, "{\"tasks_max\": 4}", "If-Match", "\"1\""));
    assertDescribed("put", one, api.put(path, "{\"tasks_max\": 4}", "If-Match", "1"));
    api.halt(path.substring("/consumers/".length()), Failure.fatal("No", TestApi.NOW));
    assertDescribed("get", one, api.get(path));
    assertDescribed("post", one + "/stop", api.post(path + "/stop", ""));
    assertDescribed("post", one + "/start", api.post(path + "/start", ""));
    var other = api.payments();
    api.report(other, new Trouble("Hm", TestApi.NOW, 0, Optional.empty()));
    assertDescribed("get", one, api.get("/consumers/" + other));
    assertDescribed("get", one + "/versions", api.get(path + "/versions"));
    assertDescribed("get", one + "/versions", api.get(path + "/versions?limit=0"));
    assertDescribed("post", one + "/rollback", api.post(path + "/rollback", "{\"revision\": 1}"));
    assertDescribed("post", one + "/rollback", api.post(path + "/rollback", "{}"));
    assertDescribed("post", "/consumers", api.post("/consumers?dry_run=true", TestApi.PAYMENTS));
    assertDescribed("put", one, api.put(path + "?dry_run=true", "{\"tasks_max\": 7}"));
    assertDescribed("get", one + "/metrics", api.get(path + "/metrics"));
    assertDescribed("get", one + "/metrics", api.get("/consumers/nobody/metrics"));
    assertDescribed("get", one + "/health", api.get(path + "/health"));
    assertDescribed("get", one + "/offsets", api.get(path + "/offsets"));
    assertDescribed(
        "patch", one + "/offsets", api.send("PATCH", path + "/offsets", "{\"to\": \"latest\"}"));
    assertDescribed(
        "patch", one + "/offsets", api.send("PATCH", path + "/offsets", "{\"to\": \"x\"}"));
    deadLetters(path + "/dead-letters");
    assertDescribed("delete", one, api.delete(path, "If-Match", "\"99\""));
    assertDescribed("delete", one, api.delete(path));
    assertDescribed("get", "/", api.get("/"));
    assertDescribed("get", "/processors", api.get("/processors"));
    assertDescribed("get", "/health", api.get("/health"));
    assertDescribed("get", "/metrics", api.get("/metrics"));
    assertDescribed(
        "get", "/metrics", api.get("/metrics", "Accept", "application/openmetrics-text"));
    assertDescribed("get", "/health/live", api.get("/health/live"));
    assertDescribed("get", "/health/ready", api.get("/health/ready"));
    api.broker.reachable = false;
    assertDescribed("get", "/health", api.get("/health"));
    assertDescribed("get", "/openapi.json", api.get("/openapi.json"));
    assertDescribed("get", "/docs", api.get("/docs"));
    assertDescribed("get", "/docs/{file}", api.get("/docs/swagger-ui.css"));
    assertDescribed("get", "/docs/{file}", api.get("/docs/index.html"));
  }

  private void deadLetters(String path) {
    var letters = "/consumers/{consumer_id}/dead-letters";
    assertDescribed("get", letters, api.get(path));
    assertDescribed("get", letters, api.get(path + "?limit=0"));
    assertDescribed("get", letters, api.get("/consumers/nobody/dead-letters"));
    var redrive = letters + "/redrive";
    assertDescribed("get", redrive, api.get(path + "/redrive"));
    assertDescribed("delete", redrive, api.delete(path + "/redrive"));
    assertDescribed("post", redrive, api.post(path + "/redrive", "{\"dry_run\": true}"));
    assertDescribed("post", redrive, api.post(path + "/redrive", "{\"max_attempts\": 0}"));
    assertDescribed("post", redrive, api.post(path + "/redrive", ""));
    assertDescribed("get", redrive, api.get(path + "/redrive"));
    var purge = letters + "/purge";
    assertDescribed("post", purge, api.post(path + "/purge", "{}"));
    assertDescribed("post", purge, api.post(path + "/purge", "{\"all\": true, \"dry_run\": true}"));
  }

  @Test
  @DisplayName("accepts what may be sent")
  void requests() {
    var consumer = api.get("/consumers/" + api.payments());

    assertValid("/components/schemas/ConsumerDraft", consumer.json(), "the answer itself");
    for (var operation :
        new String[] {"/paths/~1consumers/post", "/paths/~1consumers~1{consumer_id}/put"}) {
      assertValid(
          "/components/schemas/ConsumerDraft",
          document.at(operation + "/requestBody/content/application~1json/example"),
          operation);
    }
    for (var schema : document.at("/components/schemas").properties()) {
      for (var example : schema.getValue().path("examples")) {
        assertValid("/components/schemas/" + schema.getKey(), example, schema.getKey());
      }
    }
  }

  @Test
  @DisplayName("is shown to people by a page that needs nobody else")
  void page() {
    var page = api.get("/docs");
    var slash = api.get("/docs/");

    assertEquals("text/html;charset=utf-8", page.header("content-type").replace(" ", ""));
    assertEquals(page.body(), slash.body());
    assertTrue(page.header("content-security-policy").contains("default-src 'none'"));
    assertFalse(page.header("content-security-policy").contains("http"));
    var links = Pattern.compile("(?:src|href)=\"([^\"]+)\"").matcher(page.body());
    int found = 0;
    while (links.find()) {
      found++;
      assertTrue(links.group(1).startsWith("/"), links.group(1));
      var piece = api.get(links.group(1));
      assertEquals(200, piece.status(), links.group(1));
      assertFalse(piece.header("content-type").isBlank());
    }
    assertEquals(6, found);
    assertFalse(api.get("/docs/swagger-initializer.js").body().contains("http"));
    assertEquals("public, max-age=86400", api.get("/docs/page.css").header("cache-control"));
    assertEquals(404, api.get("/docs/swagger-ui.js").status());
    assertEquals(404, api.get("/docs/..%2Findex.html").status());
  }

  private void assertDescribed(String method, String path, TestApi.Answer answer) {
    var where = method + " " + path + " " + answer.status();
    var responses = document.get("paths").get(path).get(method).get("responses");
    var status = Integer.toString(answer.status());
    var response =
        resolved(responses.has(status) ? responses.get(status) : responses.get("default"));
    if (!responses.has(status)) {
      assertTrue(answer.status() >= 400, where + " is not described");
    }
    response
        .path("headers")
        .fieldNames()
        .forEachRemaining(header ->
            assertTrue(
                header.equals("Link") || !answer.header(header).isEmpty(), where + " " + header));
    if (!response.has("content")) {
      assertEquals("", answer.body(), where);
      return;
    }
    var type = answer.header("content-type").replaceAll(";.*", "");
    var content = response.get("content").get(type);
    assertTrue(content != null, where + " " + type);
    if (type.endsWith("json")) {
      assertValid(content.get("schema"), answer.json(), where);
    }
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
  }

  private void assertValid(String pointer, JsonNode value, String what) {
    assertValid(TestApi.JSON.createObjectNode().put("$ref", "#" + pointer), value, what);
  }

  /** References lead into the document, so that the schema is judged as a part of it. */
  private void assertValid(JsonNode schema, JsonNode value, String what) {
    var whole = TestApi.JSON.createObjectNode();
    whole.set("components", document.get("components"));
    whole.putArray("allOf").add(schema);
    var validator =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(SchemaLocation.of("https://api.invalid/"), whole);
    validator.initializeValidators();
    assertEquals(
        Set.of(),
        validator.validate(
            value, context -> context.getExecutionConfig().setFormatAssertionsEnabled(true)),
        what + ": " + value);
  }
}
