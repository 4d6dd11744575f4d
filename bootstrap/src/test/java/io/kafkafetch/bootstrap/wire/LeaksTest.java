package io.kafkafetch.bootstrap.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.kafkafetch.application.memory.InMemoryStorage;
import io.kafkafetch.bootstrap.secrets.AllowedSecrets;
import io.kafkafetch.embedded.EmbeddedKafka;
import io.kafkafetch.embedded.EmbeddedPostgreSql;
import io.kafkafetch.embedded.SecuredKafka;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attempts to learn a secret from the outside: by one's own endpoint, from answers, from logs. */
@Timeout(120)
class LeaksTest {
  private static final String BROKER = EmbeddedKafka.shared().bootstrapServers();
  private static final Duration SOON = Duration.ofSeconds(40);
  private static final String PASSWORD = "Tr0ub4dor-3";
  private static final String TOKEN = "open-up-now";
  private static final String SIGNING = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String KAFKA_PASSWORD = "kafka-Pa55-word";
  private static final List<String> SECRETS = List.of(PASSWORD, TOKEN, SIGNING, KAFKA_PASSWORD);

  /** What the endpoint of the curious was sent. */
  private static final Queue<String> SENT = new ConcurrentLinkedQueue<>();

  @TempDir static Path files;
  private static Path outside;
  private static HttpServer endpoint;
  private static WiredServer server;

  @BeforeAll
  static void start() throws IOException {
    var roots = Files.createDirectory(files.resolve("secrets"));
    outside = Files.writeString(files.resolve("outside.txt"), "private-outside");
    Files.createSymbolicLink(roots.resolve("link"), outside);
    Files.writeString(roots.resolve("token"), TOKEN);
    endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    endpoint.createContext(
        "/",
        exchange -> {
          SENT.add(exchange.getRequestHeaders().entrySet().toString());
          exchange.getRequestBody().readAllBytes();
          // As careless as it gets: it gives back what it was sent, and refuses it.
          var echo = exchange.getRequestHeaders().entrySet().toString().getBytes(UTF_8);
          exchange.sendResponseHeaders(
              exchange.getRequestURI().getPath().equals("/refuse") ? 400 : 200, echo.length);
          exchange.getResponseBody().write(echo);
          exchange.close();
        });
    endpoint.start();
    server =
        WiredServer.managing(
            BROKER,
            new InMemoryStorage(InstantSource.system()),
            files,
            new AllowedSecrets(
                Optional.of("SINK_"),
                List.of(roots),
                Map.of("SINK_PASSWORD", PASSWORD, "HOME", "private-home")));
  }

  @AfterAll
  static void stop() {
    server.close();
    endpoint.stop(0);
  }

  private static String url(String path) {
    return "http://127.0.0.1:" + endpoint.getAddress().getPort() + path;
  }

  private static JsonNode awaitError(String id) {
    await()
        .atMost(SOON)
        .until(() -> server.get("/consumers/" + id).json().get("status").asText().equals("ERROR"));
    return server.get("/consumers/" + id).json().get("error");
  }

  private static void delete(String id) {
    assertEquals(204, server.delete("/consumers/" + id).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${env:HOME}",
        "${env:SINK}",
        "${env:sink_password}",
        "${file:/etc/passwd}",
        "${file:ROOT/../outside.txt}",
        "${file:ROOT/link}",
        "${file:ROOT/../secrets-of-others/x}",
        "${file:secrets/token}",
      })
  void whatMayNotBeReferredToIsNotSentToOnesOwnEndpoint(String reference) throws Exception {
    var topic = server.topic(1);
    Managed.produce(BROKER, topic, 0, 0, 3);
    SENT.clear();
    var named = reference.replace("ROOT", files.resolve("secrets").toString());
    var forwarder =
        Managed.processor(
            "streaming_forwarder",
            Map.of("endpoint_url", url("/"), "headers", Map.of("X-Curious", named)));

    var id = Managed.running(server, BROKER, topic, topic, forwarder);

    var reason = awaitError(id).get("reason").asText();
    assertTrue(reason.contains(named), reason);
    assertFalse(reason.contains("private"), reason);
    assertEquals(List.of(), List.copyOf(SENT));
    delete(id);
  }

  @Test
  void whatMayBeReferredToIsSentAndShownNowhere() throws Exception {
    var topic = server.topic(1);
    Managed.produce(BROKER, topic, 0, 0, 3);
    SENT.clear();
    var headers =
        Map.of(
            "X-Password",
            "${env:SINK_PASSWORD}",
            "Authorization",
            "Bearer ${file:" + files.resolve("secrets/token") + "}");
    var forwarder =
        Managed.processor(
            "streaming_forwarder", Map.of("endpoint_url", url("/"), "headers", headers));

    var id = Managed.running(server, BROKER, topic, topic, forwarder);
    Managed.awaitCaughtUp(server, id);

    assertEquals(3, SENT.size());
    assertTrue(SENT.peek().contains(PASSWORD) && SENT.peek().contains(TOKEN), SENT.peek());
    assertNoSecret(server.get("/consumers/" + id).body());
    delete(id);
  }

  private static String body(String topic, String url) throws IOException {
    return """
    {"bootstrap_servers": ["%s"], "topic": "%s", "consumer_group": "%s", "auto_start": true,
     "client_config": {"security.protocol": "SASL_PLAINTEXT", "sasl.mechanism": "SCRAM-SHA-256",
                       "sasl.username": "ann", "sasl.password": "%s"},
     "processor_configs": [%s, %s]}
    """
        .formatted(
            SecuredKafka.shared().bootstrapServers(SecuredKafka.Listener.LOGIN),
            topic,
            topic,
            KAFKA_PASSWORD,
            Managed.processor(
                "database_sync",
                Map.of("db_dsn", "postgresql://ann:" + PASSWORD + "@127.0.0.1:1/x")),
            Managed.processor(
                "streaming_forwarder",
                Map.of(
                    "endpoint_url", url,
                    "headers", Map.of("Authorization", "Bearer " + TOKEN),
                    "signing_secret", SIGNING)));
  }

  private static void assertNoSecret(String text) {
    SECRETS.forEach(secret -> assertFalse(text.contains(secret), () -> secret + " in " + text));
  }

  @Test
  void noAnswerAndNoLineOfTheLogTellsASecret() throws Exception {
    try (var log = new CapturedLog()) {
      var wrong = body("no-such-topic", url("/"));
      var said = new ArrayList<WiredServer.Answer>();
      said.add(server.post("/consumers?dry_run=true", wrong));
      var created = server.post("/consumers", wrong);
      said.add(created);
      var id = created.json().get("consumer_id").asText();
      var path = "/consumers/" + id;
      assertTrue(awaitError(id).get("next_retry_at").isNull());
      said.add(server.put(path + "?dry_run=true", wrong));
      said.add(server.put(path, "{\"tasks_max\": 2}"));
      said.add(server.put(path, "{\"bootstrap_servers\": [\"127.0.0.1:1\"]}"));
      said.add(server.put(path, wrong.replace("ann\"", "ann\", \"no.such\": \"x\"")));
      said.add(server.post("/consumers", wrong.replace("]}", "]")));
      said.add(server.post("/consumers", wrong.replace("SCRAM-SHA-256", "SCRAM-MD5")));
      said.add(server.post("/consumers", wrong.replace("postgresql://", "mysql://")));
      said.add(server.post("/consumers", wrong.replace("whsec_", "whsec_!")));
      for (var more :
          List.of("", "/versions", "/health", "/metrics", "/offsets", "/dead-letters")) {
        said.add(server.get(path + more));
      }
      said.add(server.get("/consumers"));
      said.add(server.get("/metrics"));
      said.add(server.get("/processors"));
      said.add(server.get("/monitor/lag?bootstrap_servers=" + loginServers()));

      said.forEach(answer -> assertNoSecret(answer.body()));
      assertEquals(201, created.status());
      assertTrue(server.get(path + "/versions").body().contains("***"));
      assertTrue(log.lines().stream().anyMatch(line -> line.contains(id)), log.lines().toString());
      log.lines().forEach(LeaksTest::assertNoSecret);
      delete(id);
    }
  }

  private static String loginServers() {
    return SecuredKafka.shared().bootstrapServers(SecuredKafka.Listener.LOGIN);
  }

  @Test
  void aDeadLetterTellsWhyButNoSecret() throws Exception {
    var topic = server.topic(1);
    Managed.produce(BROKER, topic, 0, 0, 1);
    var forwarder =
        Managed.processor(
            "streaming_forwarder",
            Map.of(
                "endpoint_url", url("/refuse"),
                "headers", Map.of("Authorization", "Bearer " + TOKEN),
                "signing_secret", SIGNING));

    var id = Managed.running(server, BROKER, topic, topic, forwarder);
    Managed.awaitCaughtUp(server, id);

    var letter = letter(topic + "." + topic + ".dead-letter");
    assertTrue(letter.contains("answered 400"), letter);
    assertNoSecret(letter);
    assertNoSecret(server.get("/consumers/" + id + "/dead-letters").body());
    delete(id);
  }

  /** The headers of the only record. */
  private static String letter(String topic) {
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of("bootstrap.servers", BROKER),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      var partition = List.of(new TopicPartition(topic, 0));
      consumer.assign(partition);
      consumer.seekToBeginning(partition);
      var records = consumer.poll(SOON);
      assertEquals(1, records.count());
      var headers = new StringBuilder();
      for (var header : records.iterator().next().headers()) {
        headers.append(header.key()).append('=').append(new String(header.value(), UTF_8));
      }
      return headers.toString();
    }
  }

  @Test
  void aPasswordWithAnAtSignLeadsToNoOtherHost() throws Exception {
    var postgres = EmbeddedPostgreSql.shared();
    var topic = server.topic(1);
    Managed.produce(BROKER, topic, 0, 0, 5);
    var file = Files.writeString(files.resolve("secrets/db"), "a@127.0.0.1:1/x?y#%");
    var dsn =
        "postgresql://postgres:${file:%s}@%s:%d/postgres"
            .formatted(file, postgres.host(), postgres.port());
    var sink =
        Managed.processor(
            "database_sync", Map.of("db_dsn", dsn, "table", "leaks_" + System.nanoTime()));

    var id = Managed.running(server, BROKER, topic, topic, sink);

    Managed.awaitCaughtUp(server, id);
    assertFalse(server.get("/consumers/" + id).body().contains("secrets/db"));
    delete(id);
  }
}
