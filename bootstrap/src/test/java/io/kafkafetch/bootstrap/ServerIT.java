package io.kafkafetch.bootstrap;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(180)
@DisplayName("A running server")
final class ServerIT {
  @TempDir private static Path home;
  private static RunningServer server;

  @BeforeAll
  static void start() {
    server = RunningServer.start(home, Map.of());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void answersWhatItsReadmeSays() throws IOException, InterruptedException {
    var steps = Readme.steps(RunningServer.ROOT.resolve("README.md"));

    assertTrue(steps.size() >= 4);
    for (var step : steps) {
      if (step.isALook()) {
        await()
            .atMost(Duration.ofSeconds(60))
            .untilAsserted(() -> assertTrue(step.isAnsweredBy(output(step)), step::answer));
      } else {
        var output = output(step);
        assertTrue(step.isAnsweredBy(output), () -> step.command() + output);
      }
    }
  }

  private static String output(Readme.Step step) throws IOException, InterruptedException {
    var command =
        step.command()
            .replace("localhost:8000", "localhost:" + server.port())
            .replace("9092", Integer.toString(server.kafkaPort()));
    var bash =
        new ProcessBuilder("bash", "-c", command)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .start();
    var output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    bash.waitFor();
    return output;
  }

  @Test
  void listensOnLoopbackOnlyAndSoDoesAllThatIsEmbedded() throws IOException {
    var addresses = new ArrayList<String>();
    for (var process : server.processes()) {
      addresses.addAll(ListeningSockets.of(process));
    }

    assertTrue(addresses.size() >= 3, addresses::toString);
    assertTrue(addresses.stream().allMatch(ListeningSockets::isLoopback), addresses::toString);
  }

  @Test
  void isNotDisturbedByASecondOneOnItsDataFolderWhichSaysWhyItDoesNotStart() {
    try (var second = RunningServer.launch(home, Map.of())) {
      assertEquals(1, second.awaitExit(Duration.ofSeconds(30)));
      assertEquals(
          "DATA_DIR %s is in use by another server (process %d)\n"
              .formatted(home.resolve("data"), server.pid()),
          second.errors());
    }
    assertEquals(200, server.get("/health").statusCode());
  }

  @Test
  void isNotDisturbedByOneThatWantsItsPortWhichSaysSo(@TempDir Path elsewhere) {
    var settings = Map.of("HTTP_PORT", Integer.toString(server.port()));
    try (var second = RunningServer.launch(elsewhere, settings)) {
      assertEquals(1, second.awaitExit(Duration.ofSeconds(30)));
      assertEquals(
          "HTTP_PORT %d on 127.0.0.1 is taken by another process: end it, or set HTTP_PORT to another port (0 picks a free one)\n"
              .formatted(server.port()),
          second.errors());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP_PORT | eighty | HTTP_PORT must be a whole number from 0 to 65535, not \"eighty\"",
        "LOG_LEVEL | LOUD | LOG_LEVEL must be DEBUG, INFO, WARN or ERROR, not \"LOUD\"",
      })
  void wouldNotStartWithAWrongSettingWhichItNames(
      String name, String value, String line, @TempDir Path elsewhere) {
    try (var refused = RunningServer.launch(elsewhere, Map.of(name, value))) {
      assertEquals(2, refused.awaitExit(Duration.ofSeconds(30)));
      assertEquals(line + "\n", refused.errors());
      assertEquals("", refused.output());
    }
  }

  @Test
  void startsItsBrokerAgainWhenThatDies() {
    var broker =
        server.processes().stream()
            .filter(process ->
                process.info().commandLine().orElse("").contains("kafkafetch.broker.folder"))
            .findFirst()
            .orElseThrow();

    broker.destroyForcibly();

    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> server.output().contains("Embedded Kafka runs again"));
    await().atMost(Duration.ofSeconds(60)).until(() -> server.get("/health").statusCode() == 200);
  }

  @Test
  void keepsTheLogOfItsStartShort() throws IOException {
    var start = server.output().substring(0, server.output().indexOf("is running"));

    assertTrue(start.lines().count() <= 5, start);
    assertTrue(Files.exists(home.resolve("data/out")));
  }
}
