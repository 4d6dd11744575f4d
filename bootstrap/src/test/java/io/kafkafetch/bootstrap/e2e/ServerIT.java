package io.kafkafetch.bootstrap.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A server that run.sh started")
class ServerIT {
  private static final int SEED_PORT = 8000;

  @TempDir private static Path folder;
  private static RunningServer server;

  @BeforeAll
  static void start() {
    server =
        RunningServer.in(
            folder,
            Map.of(
                "HTTP_PORT",
                isFree(SEED_PORT) ? Integer.toString(SEED_PORT) : "0",
                // What the seed's example writes to, after our own.
                "FILE_SINK_ROOTS",
                folder.resolve("out") + ",/var/log"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  @DisplayName("puts a thousand records of one batch into the file, each once and in order")
  void aThousandRecords() {
    server.api().consumer(server.kafka(), "thousand", "thousand.jsonl");
    var file = new SinkFile(folder.resolve("out/thousand.jsonl"));

    var answer = server.api().produce("thousand", 0, 1_000);

    assertEquals(200, answer.status(), answer.body());
    assertTrue(answer.json().get("success").asBoolean());
    await().atMost(60, TimeUnit.SECONDS).until(() -> file.numbers().size() >= 1_000);
    assertEquals(IntStream.range(0, 1_000).boxed().toList(), file.numbers());
  }

  @Test
  @DisplayName("listens on loopback only, and so does everything embedded")
  void loopbackOnly() throws IOException {
    var listening = ListeningSockets.of(server.family());

    assertTrue(
        listening.stream()
            .anyMatch(socket -> socket.endsWith(":" + "%04X".formatted(server.port()))),
        () -> server.port() + " is not among " + listening);
    // The API, Kafka for clients and for its controller, and PostgreSQL where it is embedded.
    assertTrue(listening.size() >= (server.embedsPostgreSql() ? 4 : 3), listening::toString);
    assertEquals(
        List.of(), listening.stream().filter(at -> !ListeningSockets.isLoopback(at)).toList());
  }

  @Test
  @DisplayName("answers for an unknown consumer what the seed shows")
  void unknownConsumer() {
    var answer = server.api().get("/consumers/non-existent-uuid");

    assertEquals(404, answer.status());
    assertEquals("Consumer non-existent-uuid not found", answer.json().get("detail").asText());
  }

  @ParameterizedTest
  @CsvSource({
    "head -c 60000000 /dev/zero, /consumers, 413",
    "head -c 60000000 /dev/zero, /produce, 413",
    "head -c 60000000 /dev/zero, /produce/batch, 413",
    "head -c 900000 /dev/zero | tr '\\0' '[', /consumers, 400",
    "head -c 900000 /dev/zero | tr '\\0' '[', /produce, 400",
    "head -c 900000 /dev/zero | tr '\\0' '[', /produce/batch, 400",
  })
  @DisplayName("refuses a body that is meant to hurt")
  void hostileBody(String body, String path, String status) {
    var answered =
        Program.shell(
                body
                    + " | curl -sS -m 10 -o /dev/null -w '%{http_code}'"
                    + " -H 'Content-Type: application/json' --data-binary @- "
                    + server.uri()
                    + path)
            .run();

    assertEquals(status, answered.text());
  }

  @Test
  @DisplayName("keeps its data folder to itself")
  void secondServer() {
    var second =
        Program.of(Repository.RUN.toString())
            .in(folder)
            .with("HTTP_PORT", "0")
            .with("DATA_DIR", folder.resolve("data").toString())
            .run();

    assertRefused(second, 1, "DATA_DIR " + folder.resolve("data"), "in use by another server");
    assertEquals(200, server.api().get("/health").status());
  }

  @Test
  @DisplayName("keeps its port to itself")
  void takenPort() {
    var second =
        Program.of(Repository.RUN.toString())
            .in(folder)
            .with("HTTP_PORT", Integer.toString(server.port()))
            .with("DATA_DIR", folder.resolve("other").toString())
            .run();

    assertRefused(second, 1, "HTTP_PORT " + server.port(), "taken by another process");
    assertFalse(Files.exists(folder.resolve("other")), "Something was begun nevertheless");
  }

  private static void assertRefused(
      Program.Outcome outcome, int exitCode, String begins, String says) {
    assertEquals(exitCode, outcome.exitCode(), outcome.text());
    assertTrue(outcome.lastLine().startsWith(begins), outcome.text());
    assertTrue(outcome.lastLine().contains(says), outcome.text());
    assertFalse(outcome.text().contains("\tat "), outcome.text());
    assertFalse(outcome.text().toLowerCase(Locale.ROOT).contains("exception"), outcome.text());
  }

  @Test
  @DisplayName("does what the shell script of the seed expects")
  void seedScript() throws IOException {
    var script = new String(resource("seed-001-test_api_endpoints.sh"), UTF_8);
    var here = script.replace("http://localhost:" + SEED_PORT, server.uri());

    var outcome = Program.of("bash", "-c", here).run();

    assertEquals(0, outcome.exitCode(), outcome.text());
    var answers = SeedScript.answers(outcome.text());
    assertEquals(
        List.of(
            "=== Creating a new consumer ===",
            "=== Listing all consumers ===",
            "=== Getting details of the created consumer ===",
            "=== Updating the consumer's broker IP and port ===",
            "=== Stopping the consumer ===",
            "=== Starting the consumer ===",
            "=== Deleting the consumer ==="),
        outcome.lines().stream().filter(line -> line.startsWith("===")).toList());
    assertEquals(
        List.of("ACTIVE", "ACTIVE", "ACTIVE", "INACTIVE", "INACTIVE", "ACTIVE"),
        answers.stream().map(SeedScript::status).toList(),
        outcome.text());
    for (var answer : answers) {
      SeedScript.assertShapeOfTheSeed(answer);
    }
    assertEquals("192.168.0.20", SeedScript.one(answers.get(3)).get("broker_ip").asText());
    assertEquals(9094, SeedScript.one(answers.get(3)).get("broker_port").asInt());
    assertTrue(outcome.text().contains("Created Consumer ID: " + SeedScript.id(answers)));
    assertEquals(
        List.of("Response Code: 204", "Consumer deleted successfully."),
        outcome.lines().subList(outcome.lines().size() - 2, outcome.lines().size()));
    assertEquals(404, server.api().get("/consumers/" + SeedScript.id(answers)).status());
  }

  private static byte[] resource(String name) throws IOException {
    try (var in = Objects.requireNonNull(ServerIT.class.getResourceAsStream(name))) {
      return in.readAllBytes();
    }
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
