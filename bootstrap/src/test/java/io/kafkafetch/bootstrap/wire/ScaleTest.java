package io.kafkafetch.bootstrap.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.adapter.persistence.PostgreSqlSettings;
import io.kafkafetch.adapter.persistence.PostgreSqlStorage;
import io.kafkafetch.embedded.EmbeddedKafka;
import io.kafkafetch.embedded.EmbeddedPostgreSql;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How long answers take where there is a lot; the figures are logged. */
@Tag("endurance")
@DisplayName("With two thousand consumers stored and five hundred groups")
class ScaleTest {
  private static final Logger LOG = LoggerFactory.getLogger(ScaleTest.class);
  private static final String BROKER = EmbeddedKafka.shared().bootstrapServers();
  private static final int CONSUMERS = 2_000;
  private static final int GROUPS = 500;
  private static final int TRIES = 50;

  @TempDir static Path files;
  private static WiredServer server;
  private static final List<String> ids = new ArrayList<>();
  private static String topic;

  @BeforeAll
  static void start() throws Exception {
    var database = "scale_" + UUID.randomUUID().toString().replace("-", "");
    EmbeddedPostgreSql.shared().createDatabase(database);
    var settings = PostgreSqlSettings.parse(EmbeddedPostgreSql.shared().url(database));
    server = WiredServer.managing(BROKER, PostgreSqlStorage.open(settings), files);
    topic = server.topic(3);
    for (int i = 0; i < CONSUMERS; i++) {
      var answer =
          server.post(
              "/consumers",
              """
              {"bootstrap_servers": ["%s"], "topic": "%s", "consumer_group": "group-%d",
               "processor_configs": [{"processor_type": "file_sink",
                                      "config": {"file_path": "%d.jsonl"}}]}
              """
                  .formatted(BROKER, topic, i % GROUPS, i));
      assertEquals(201, answer.status(), answer.body());
      ids.add(answer.json().get("consumer_id").asText());
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** The median of many tries in milliseconds, after some that do not count. */
  private static double median(String what, Runnable question) {
    for (int i = 0; i < TRIES; i++) {
      question.run();
    }
    var took =
        IntStream.range(0, TRIES)
            .mapToLong(_ -> {
              long begun = System.nanoTime();
              question.run();
              return System.nanoTime() - begun;
            })
            .sorted()
            .toArray();
    double median = (double) took[TRIES / 2] / 1_000_000;
    LOG.info(
        "{}: {} ms median, {} ms at worst",
        what,
        median,
        (double) Arrays.stream(took).max().orElse(0) / 1_000_000);
    return median;
  }

  private static void ok(String path) {
    var answer = server.get(path);
    assertEquals(200, answer.status(), answer.body());
  }

  @Test
  @DisplayName("one of them, a page and the whole list are answered in milliseconds")
  void listAndGet() {
    var some = ids.get(CONSUMERS / 2);
    assertEquals(CONSUMERS, server.get("/consumers").json().size());

    assertTrue(median("get", () -> ok("/consumers/" + some)) < 50);
    assertTrue(median("page of 100", () -> ok("/consumers?limit=100")) < 100);
    assertTrue(median("list of one group", () -> ok("/consumers?consumer_group=group-7")) < 50);
    assertTrue(median("whole list", () -> ok("/consumers")) < 500);
  }

  @Test
  @DisplayName("a start and a stop are answered in milliseconds")
  void startAndStop() throws Exception {
    // In a group of its own: while it has members, nobody else may set that group's offsets.
    var id =
        Managed.running(
            server,
            BROKER,
            topic,
            Managed.name("started"),
            Managed.processor("file_sink", Map.of("file_path", "started.jsonl")));
    var path = "/consumers/" + id;

    double took =
        median(
            "start and stop",
            () -> {
              assertEquals(200, server.post(path + "/start", "").status());
              assertEquals(200, server.post(path + "/stop", "").status());
            });
    assertEquals(204, server.delete(path).status());
    assertTrue(took < 100, took + " ms");
  }

  @Test
  @DisplayName("the lag of all groups is one answer in milliseconds, in seconds, too")
  void lag() throws Exception {
    Managed.produce(BROKER, topic, 0, 0, 1_000);
    for (int i = 0; i < GROUPS; i++) {
      server
          .admin
          .alterConsumerGroupOffsets(
              "group-" + i, Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(i)))
          .all()
          .get();
    }
    assertEquals(GROUPS, server.get("/monitor/lag").json().get("groups").size());
    var named =
        IntStream.range(0, GROUPS)
            .mapToObj(i -> "group_id=group-" + i)
            .collect(Collectors.joining("&"));

    assertTrue(median("lag of all groups", () -> ok("/monitor/lag")) < 500);
    assertTrue(median("lag of 500 named groups", () -> ok("/monitor/lag?" + named)) < 500);
    assertTrue(median("the same in seconds", () -> ok("/monitor/lag?seconds=true")) < 3_000);
    var seconds = server.get("/monitor/lag?seconds=true").json().get("groups");
    seconds.forEach(
        group -> assertTrue(group.at("/topics/" + topic + "/0").get("lag_seconds").isNumber()));
  }

  @Test
  @DisplayName("a scrape is answered in milliseconds")
  void scrape() {
    assertTrue(median("scrape", () -> ok("/metrics")) < 500);
    assertEquals(
        CONSUMERS,
        Scrape.of(server).value("kafkafetch_consumers", Map.of()),
        "all are counted, whether they run or not");
  }
}
