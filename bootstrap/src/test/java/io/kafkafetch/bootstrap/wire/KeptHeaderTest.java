package io.kafkafetch.bootstrap.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.memory.InMemoryStorage;
import io.kafkafetch.embedded.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever may edit a forwarder, but does not know its token, sends it nowhere else. */
class KeptHeaderTest {
  private static final String BROKER = EmbeddedKafka.shared().bootstrapServers();

  @TempDir static Path files;
  private static WiredServer server;
  private static String consumer;

  @BeforeAll
  static void start() throws IOException {
    server = WiredServer.managing(BROKER, new InMemoryStorage(InstantSource.system()), files);
    var created =
        server.post(
            "/consumers",
            """
            {"bootstrap_servers": ["%s"], "topic": "t", "consumer_group": "g",
             "processor_configs": [%s]}
            """
                .formatted(BROKER, forwarder("https://hooks.example/in", "X-Token", "sesame-1")));
    assertEquals(201, created.status(), created.body());
    consumer = "/consumers/" + created.json().get("consumer_id").asText();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String forwarder(String url, String header, String value) throws IOException {
    return Managed.processor(
        "streaming_forwarder",
        Map.of("endpoint_url", url, "headers", Map.of(header, value), "max_in_flight", 2));
  }

  private static WiredServer.Answer put(String url, String header) throws IOException {
    return server.put(consumer, "{\"processor_configs\": [" + forwarder(url, header, "***") + "]}");
  }

  @ParameterizedTest
  @CsvSource({
    "https://evil.example/in,               X-Token",
    "https://hooks.example.evil.example/in, X-Token",
    "https://hooks.example:8443/in,         X-Token",
    "http://hooks.example/in,               X-Token",
    "http://hooks.example:443/in,           X-Token",
    "https://evil.example/hooks.example/in, X-Token",
    "https://hooks.example/in,              X-Other",
    "https://hooks.example/in,              Cookie",
    "${env:WHEREVER},                       X-Token",
  })
  void anotherPlaceOrHeaderIsRefused(String url, String header) throws IOException {
    var answer = put(url, header);

    assertEquals(422, answer.status(), answer.body());
    assertTrue(answer.detail().contains("***"), answer.detail());
    assertFalse(answer.body().contains("sesame"), answer.body());
  }

  @Test
  void anotherPathOfTheSamePlaceIsNot() throws IOException {
    var answer = put("https://HOOKS.example:443/other?x=1", "X-Token");

    assertEquals(200, answer.status(), answer.body());
    assertTrue(answer.body().contains("/other?x=1"), answer.body());
    assertFalse(answer.body().contains("sesame"), answer.body());
  }
}
