package io.kafkafetch.bootstrap.wire;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.memory.InMemoryStorage;
import io.kafkafetch.embedded.EmbeddedKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What Prometheus is told")
class MetricsTest {
  private static final String BROKER = EmbeddedKafka.shared().bootstrapServers();

  /** What Prometheus itself adds, and what it calls the scrape's own success. */
  private static final Set<String> OF_PROMETHEUS = Set.of("instance", "job");

  private static final Set<String> BASE_UNITS =
      Set.of("seconds", "bytes", "records", "threads", "files", "buffers", "classes");

  @TempDir static Path files;
  private static WiredServer server;
  private static String topic;
  private static String consumer;
  private static String group;

  /** A consumer that gets on, one that does not, a record written, a session: some of each. */
  @BeforeAll
  static void start() throws Exception {
    server = WiredServer.managing(BROKER, new InMemoryStorage(InstantSource.system()), files);
    topic = server.topic(1);
    group = Managed.name("group");
    consumer =
        Managed.running(
            server,
            BROKER,
            topic,
            group,
            Managed.processor("file_sink", Map.of("file_path", topic + ".log")));
    Managed.running(
        server,
        BROKER,
        topic,
        Managed.name("group"),
        Managed.processor(
            "database_sync", Map.of("db_dsn", "postgresql://u:hunter2@127.0.0.1:1/x")));
    for (var message : List.of("\"one\"", "\"two\"", "\"three\"")) {
      var body = "{\"topic\": \"" + topic + "\", \"enrich\": false, \"message\": " + message + "}";
      assertEquals(200, server.post("/produce", body).status());
    }
    System.gc();
    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(() -> {
          var scrape = Scrape.of(server);
          assertEquals(3, of(scrape, "kafkafetch_consumer_processed_records_total"));
          assertEquals(0, of(scrape, "kafkafetch_consumer_lag_records"));
          assertTrue(scrape.names().contains("jvm_gc_pause_seconds_sum"));
          assertTrue(scrape.value("kafkafetch_consumer_failures_total", Map.of()) > 0);
        });
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static double of(Scrape scrape, String name) {
    return scrape.value(
        name, Map.of("consumer_id", consumer, "topic", topic, "consumer_group", group));
  }

  @Test
  @DisplayName("are a consumer's records and bytes, commits, batches and health")
  void consumers() {
    var scrape = Scrape.of(server);

    assertEquals(3, of(scrape, "kafkafetch_consumer_consumed_records_total"));
    // The message is a JSON text, quotes included.
    assertEquals(5 + 5 + 7, of(scrape, "kafkafetch_consumer_consumed_bytes_total"));
    assertEquals(5 + 5 + 7, of(scrape, "kafkafetch_consumer_processed_bytes_total"));
    assertEquals(0, of(scrape, "kafkafetch_consumer_failures_total"));
    assertEquals(0, of(scrape, "kafkafetch_consumer_dead_letters_total"));
    assertTrue(of(scrape, "kafkafetch_consumer_rebalances_total") >= 1);
    assertTrue(of(scrape, "kafkafetch_consumer_commits_total") >= 1);
    assertTrue(of(scrape, "kafkafetch_consumer_batch_seconds_count") >= 1);
    assertEquals(
        1,
        scrape.value(
            "kafkafetch_consumer_health", Map.of("consumer_id", consumer, "health", "healthy")));
    assertEquals(2, scrape.value("kafkafetch_consumers", Map.of("state", "ACTIVE")));
    assertEquals(0, scrape.value("kafkafetch_consumers", Map.of("state", "ERROR")));
  }

  @Test
  @DisplayName("are a type of processor's records and calls")
  void sinks() {
    var scrape = Scrape.of(server);
    var file = Map.of("processor_type", "file_sink");

    assertEquals(3, scrape.value("kafkafetch_sink_records_total", file));
    double calls = scrape.value("kafkafetch_sink_seconds_count", file);
    assertTrue(calls >= 1 && calls <= 3, "calls: " + calls);
    assertEquals(
        calls,
        scrape.value(
            "kafkafetch_sink_seconds_bucket", Map.of("processor_type", "file_sink", "le", "+Inf")));
    assertTrue(scrape.value("kafkafetch_sink_seconds_sum", file) > 0);
    assertEquals(
        calls, scrape.value("kafkafetch_batch_seconds_count", Map.of()), "one sink, one batch");
  }

  @Test
  @DisplayName("are requests by the route's template, never by what was sent")
  void requests() {
    server.get("/consumers/some-body-s-secret");
    server.get("/no-such-place/some-body-s-secret");
    server.get("/consumers?password=some-body-s-secret");

    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() ->
            assertTrue(
                Scrape.of(server)
                        .value(
                            "kafkafetch_http_requests_seconds_count",
                            Map.of(
                                "method",
                                "GET",
                                "route",
                                "/consumers/{consumer_id}",
                                "status",
                                "404"))
                    >= 1));
    var scrape = Scrape.of(server);
    var requests = "kafkafetch_http_requests_seconds_count";
    assertTrue(
        scrape.value(requests, Map.of("route", "none", "status", "404", "method", "GET")) >= 1);
    assertEquals(3, scrape.value(requests, Map.of("route", "/produce", "status", "200")));
    assertTrue(scrape.value("kafkafetch_http_requests_active", Map.of()) >= 1, "this one");
    assertFalse(server.get("/metrics").body().contains("secret"));
    assertFalse(server.get("/metrics").body().contains("hunter2"));
  }

  @Test
  @DisplayName("are records that callers had written, and sessions")
  void writtenAndSessions() {
    double before = Scrape.of(server).value("kafkafetch_sessions_open", Map.of());
    var opened =
        server.post(
            "/api/consumers/subscribe",
            "{\"group_id\": \"%s\", \"topics\": [\"%s\"]}".formatted(Managed.name("s"), topic));
    assertEquals(200, opened.status(), opened.body());
    var open = Scrape.of(server);
    server.delete("/api/consumers/" + opened.json().get("consumer_id").asText());
    var closed = Scrape.of(server);

    assertEquals(before + 1, open.value("kafkafetch_sessions_open", Map.of()));
    assertTrue(closed.value("kafkafetch_sessions_closed_total", Map.of()) >= 1);
    assertEquals(0, closed.value("kafkafetch_sessions_expired_total", Map.of()));
    assertEquals(3, closed.value("kafkafetch_published_records_total", Map.of()));
    assertEquals(17, closed.value("kafkafetch_published_bytes_total", Map.of()));
    assertEquals(0, closed.value("kafkafetch_publish_failures_total", Map.of()));
    assertEquals(1, closed.value("kafkafetch_connected", Map.of("service", "kafka")));
  }

  @Test
  @DisplayName("has one prefix, base units and the endings that the types want")
  void names() {
    var scrape = Scrape.of(server);
    for (var family : scrape.types.entrySet()) {
      var name = family.getKey();
      assertTrue(name.matches("(kafkafetch|jvm|process|system)_[a-z0-9_]+"), name);
      assertFalse(name.matches(".*_(ms|millis|milliseconds|ns|kb|mb|minutes)(_.*)?"), name);
      assertEquals(family.getValue().equals("counter"), name.endsWith("_total"), name);
      if (List.of("histogram", "summary").contains(family.getValue())) {
        assertTrue(BASE_UNITS.stream().anyMatch(unit -> name.endsWith("_" + unit)), name);
      }
    }
    scrape.samples.stream()
        .filter(sample -> sample.name().startsWith("kafkafetch_"))
        .forEach(sample -> assertTrue(sample.value() >= 0, sample.toString()));
  }

  @Test
  @DisplayName("is what the dashboard, the alert rules and the page about metrics speak of")
  void whatIsDeployed() throws Exception {
    var scrape = Scrape.of(server);
    var wrong = new ArrayList<String>();
    for (var query : queries()) {
      PromQl.metrics(query)
          .forEach((metric, labels) -> {
            var missing = new HashSet<>(labels);
            missing.removeAll(OF_PROMETHEUS);
            if (metric.equals("up") && missing.isEmpty()) {
              return;
            }
            missing.removeAll(scrape.labelsOf(metric));
            if (!scrape.names().contains(metric) || !missing.isEmpty()) {
              wrong.add(metric + " " + missing + " in " + query);
            }
          });
    }
    assertEquals(List.of(), wrong);
    var ours = new HashSet<>(scrape.types.keySet());
    ours.removeIf(name -> !name.startsWith("kafkafetch_"));
    var described = new HashSet<String>();
    Pattern.compile("`(kafkafetch_[a-z_]+)`")
        .matcher(Files.readString(root().resolve("docs/metrics.md")))
        .results()
        .forEach(name -> described.add(name.group(1)));
    assertEquals(ours, described);
  }

  private static List<String> queries() throws Exception {
    var dashboard =
        WiredServer.JSON.readTree(
            root().resolve("deploy/grafana/kafka-fetch-server.json").toFile());
    var queries = new ArrayList<String>();
    dashboard.findValues("expr").forEach(expression -> queries.add(expression.asText()));
    dashboard.findValues("definition").forEach(variable -> queries.add(variable.asText()));
    assertTrue(queries.size() > 40, "queries of the dashboard: " + queries.size());
    var alerts = Files.readString(root().resolve("deploy/prometheus/alerts.yml"));
    var expressions =
        Pattern.compile(" expr: (?:>-\\n((?: {10}.*\\n)+)|(.*)\\n)")
            .matcher(alerts)
            .results()
            .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
            .toList();
    assertEquals(alerts.split("- alert:", -1).length - 1, expressions.size());
    queries.addAll(expressions);
    return queries;
  }

  private static Path root() {
    var folder = Path.of("").toAbsolutePath();
    return folder.endsWith("bootstrap") ? folder.resolve("..").normalize() : folder;
  }

  @Test
  @DisplayName("comes in the format that was asked for, packed where that is accepted")
  void formats() throws Exception {
    var asked =
        server.get(
            "/metrics", "Accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5");
    assertTrue(asked.header("content-type").startsWith("application/openmetrics-text"));
    assertTrue(asked.body().endsWith("# EOF\n"));

    var packed = server.get("/metrics", "Accept-Encoding", "gzip");
    assertEquals("gzip", packed.header("content-encoding"));
    assertEquals(422, server.get("/metrics?name=x").status());
  }
}
