package io.kafkafetch.bootstrap.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kafkafetch.embedded.EmbeddedKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The clients under {@code examples} do what they show; python3 and node have to be installed. */
class ExampleClientsTest {
  private static WiredServer server;

  @BeforeAll
  static void start() {
    server = new WiredServer(EmbeddedKafka.shared().bootstrapServers());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static List<String> run(String program, String script) throws Exception {
    var root = Path.of("").toAbsolutePath();
    var clients =
        Files.isDirectory(root.resolve("examples"))
            ? root.resolve("examples/http-clients")
            : root.resolveSibling("examples/http-clients");
    var process =
        new ProcessBuilder(program, clients.resolve(script).toString(), server.api.uri().toString())
            .redirectErrorStream(true)
            .start();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor(60, TimeUnit.SECONDS);
    assertEquals(0, process.exitValue(), output);
    return output.lines().toList();
  }

  private static List<String> expected(String newest) {
    return List.of(
        "produced to partition 0 at offset 0",
        "sent 2 in a batch",
        "streamed 1000",
        "read message-1: login",
        "read 1002 with tokens",
        newest,
        "tail shows 1000",
        "tail shows 1001",
        "tail shows 1002",
        "as it should: 404: Failed to consume messages: Topic not found");
  }

  @Test
  void thePythonClientRuns() throws Exception {
    assertEquals(
        expected("newest: [1000, 1001, 1002]"), run("python3", "python/produce_and_consume.py"));
  }

  @Test
  void theJavaScriptClientRuns() throws Exception {
    assertEquals(
        expected("newest: [ 1000, 1001, 1002 ]"),
        run("node", "javascript/produce_and_consume.mjs"));
  }

  private static final List<String> SESSION =
      List.of(
          "assigned [0]",
          "read 1000 in order",
          "goes on at 1000 with [1000, 1001, 1002, 1003]",
          "committed 1004",
          "position 1004 lag 6",
          "from the beginning: 0",
          "at the end: 0",
          "by hand: 1009",
          "as it should: 404");

  @Test
  void thePythonSessionRuns() throws Exception {
    assertEquals(SESSION, run("python3", "python/consumer_session.py"));
  }

  @Test
  void theJavaScriptSessionRuns() throws Exception {
    assertEquals(SESSION, run("node", "javascript/consumer_session.mjs"));
  }
}
