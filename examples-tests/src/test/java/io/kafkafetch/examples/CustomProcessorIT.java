package io.kafkafetch.examples;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("examples/custom-processor")
class CustomProcessorIT {
  private static final String TYPE = "running_totals";
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final int RECORDS = 1_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @Test
  @DisplayName("is there after the next start, validated by its own schema, and takes records")
  void isInstalledAndPumpsRecords() throws IOException {
    install(Example.named("custom-processor"), folder.resolve("plugins/running-totals"));

    try (var server = ServerProcess.in(folder)) {
      assertShownWithItsSchema(server);
      assertRefusedByItsSchema(server);
      assertAddsUp(server);
    }
  }

  private static void install(Example example, Path plugin) throws IOException {
    Files.createDirectories(plugin);
    Files.copy(example.jar(), plugin.resolve(example.jar().getFileName()));
    try (Stream<Path> libraries = Files.list(example.libraries())) {
      for (var library : libraries.toList()) {
        Files.copy(library, plugin.resolve(library.getFileName()));
      }
    }
    // Another version than the server's, which has to stay where it is.
    assertTrue(Files.exists(plugin.resolve("jackson-databind-2.18.2.jar")));
  }

  private static void assertShownWithItsSchema(ServerProcess server) {
    var types = server.get("/processors").json();
    var names = types.findValuesAsText("processor_type");
    assertTrue(names.contains(TYPE) && names.contains("file_sink"), names::toString);
    var schema = types.get(names.indexOf(TYPE)).get("config_schema");
    assertEquals("[\"folder\",\"sum\"]", schema.get("required").toString());
    assertTrue(schema.get("properties").has("group_by"), schema::toString);
  }

  private static void assertRefusedByItsSchema(ServerProcess server) {
    var unfit = server.consumer("orders", TYPE, "{\"folder\": \"/tmp\", \"colour\": \"red\"}");
    assertEquals(422, unfit.status(), unfit.body());
    var fields = unfit.json().get("errors").findValuesAsText("field");
    assertTrue(fields.contains("processor_configs[0].config.colour"), unfit::body);
    assertTrue(fields.contains("processor_configs[0].config.sum"), unfit::body);

    var outside = server.consumer("orders", TYPE, "{\"folder\": \"/tmp\", \"sum\": \"n\"}");
    assertEquals(422, outside.status(), outside.body());
    assertTrue(outside.body().contains("under FILE_SINK_ROOTS"), outside::body);
  }

  private void assertAddsUp(ServerProcess server) throws IOException {
    // Where the server writes the folder's real name, so must whoever compares with it.
    var out = folder.toRealPath().resolve("data/out/totals");
    var made =
        server.consumer("orders", TYPE, "{\"folder\": \"%s\", \"sum\": \"n\"}".formatted(out));
    assertEquals(201, made.status(), made.body());
    IntStream.range(0, RECORDS).forEach(n -> server.produce("orders", "{\"n\": " + n + "}"));
    server.produce("orders", "{\"n\": \"many\"}");

    var processor = made.json().at("/processor_configs/0/id").asText();
    var totals = out.resolve(processor).resolve("orders-0.json");
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> assertEquals(RECORDS + 1, read(totals).path("next_offset").asInt()));
    assertEquals(RECORDS * (RECORDS - 1) / 2, read(totals).at("/totals/total").asInt());
    var letters =
        server.get("/consumers/" + made.json().get("consumer_id").asText() + "/dead-letters");
    assertEquals("The value has no number n", letters.json().at("/dead_letters/0/reason").asText());
  }

  private static JsonNode read(Path file) {
    try {
      return JSON.readTree(Files.exists(file) ? Files.readString(file) : "{}");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
