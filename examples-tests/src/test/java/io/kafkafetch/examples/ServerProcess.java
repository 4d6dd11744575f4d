package io.kafkafetch.examples;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that {@code run.sh} started in a folder, and what a client says to it. */
record ServerProcess(Program program, String uri, String kafka) implements AutoCloseable {
  private static final Pattern API = Pattern.compile("  API +(http://\\S+)");
  private static final Pattern KAFKA = Pattern.compile("  Kafka +([0-9.]+:\\d+) .*");
  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final String RUN = Project.ROOT.resolve("run.sh").toString();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** An answer. */
  record Answer(int status, String body) {
    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException("No JSON: " + body, e);
      }
    }
  }

  /** Starts what this build has packaged, and returns when it has said where it is. */
  static ServerProcess in(Path folder) {
    try (var marking = Program.start(folder, Map.of(), List.of(RUN, "--mark-built"))) {
      marking.awaitEnd(START_LIMIT);
    }
    var program =
        Program.start(folder, Map.of("HTTP_PORT", "0", "JAVA_OPTS", "-Xmx512m"), List.of(RUN));
    try {
      await()
          .atMost(START_LIMIT)
          .until(() -> program.lines().stream().anyMatch(line -> line.startsWith("Try:")));
      return new ServerProcess(program, said(program, API), said(program, KAFKA));
    } catch (RuntimeException e) {
      program.close();
      throw new AssertionError("Not started: " + program.lines(), e);
    }
  }

  private static String said(Program program, Pattern pattern) {
    return program.lines().stream()
        .map(pattern::matcher)
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1))
        .findFirst()
        .orElseThrow();
  }

  Answer get(String path) {
    return send(HttpRequest.newBuilder(URI.create(uri + path)));
  }

  Answer post(String path, String body) {
    return send(
        HttpRequest.newBuilder(URI.create(uri + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** Tries to make a consumer of the server's own cluster with one processor. */
  Answer consumer(String topic, String type, String config) {
    var at = kafka.lastIndexOf(':');
    return post(
        "/consumers",
        """
        {"broker_ip": "%s", "broker_port": %s, "topic": "%s", "consumer_group": "%s_group",
         "auto_start": true, "processor_configs": [{"processor_type": "%s", "config": %s}]}
        """
            .formatted(
                kafka.substring(0, at), kafka.substring(at + 1), topic, topic, type, config));
  }

  /** Sends a JSON value as it is. */
  void produce(String topic, String message) {
    var answer =
        post(
            "/produce",
            "{\"topic\": \"%s\", \"enrich\": false, \"message\": %s}".formatted(topic, message));
    assertEquals(200, answer.status(), answer.body());
  }

  private static Answer send(HttpRequest.Builder request) {
    try {
      var response =
          CLIENT.send(
              request.timeout(Duration.ofMinutes(1)).build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Stops it in order: its embedded servers would outlive it otherwise. */
  @Override
  public void close() {
    program.stop();
  }
}
