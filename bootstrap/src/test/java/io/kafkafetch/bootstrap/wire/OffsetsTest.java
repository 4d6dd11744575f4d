package io.kafkafetch.bootstrap.wire;

import static java.util.stream.Collectors.joining;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kafkafetch.application.memory.InMemoryStorage;
import io.kafkafetch.embedded.EmbeddedKafka;
import io.kafkafetch.embedded.EmbeddedPostgreSql;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OffsetsTest {
  private static final String BROKER = EmbeddedKafka.shared().bootstrapServers();
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @TempDir static Path files;
  private static WiredServer server;

  @BeforeAll
  static void start() {
    server = WiredServer.managing(BROKER, new InMemoryStorage(InstantSource.system()), files);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** A consumer that has read all of two partitions with 10 and 5 records, and rests. */
  private static String rested() throws Exception {
    var topic = server.topic(2);
    Managed.produce(BROKER, topic, 0, 0, 10);
    Managed.produce(BROKER, topic, 1, 0, 5);
    var id = Managed.running(server, BROKER, topic, Managed.name("group"), file(topic, false));
    Managed.awaitCaughtUp(server, id);
    Managed.stop(server, id);
    return id;
  }

  private static String file(String name, boolean exactlyOnce) throws Exception {
    return Managed.processor(
        "file_sink", Map.of("file_path", name + ".log", "exactly_once", exactlyOnce));
  }

  private static String committed(String id) {
    var offsets = Managed.offsets(server, id).get("partitions");
    return each(offsets, "current_offset");
  }

  private static String each(JsonNode partitions, String field) {
    return IntStream.range(0, partitions.size())
        .mapToObj(i -> partitions.get(i).get(field).asText())
        .collect(joining(" "));
  }

  private static String conflict(String id, String body) {
    var answer = server.patch("/consumers/" + id + "/offsets", body);
    assertEquals(409, answer.status(), answer.body());
    return answer.detail();
  }

  @Test
  void everyPartitionIsShownWithItsCommitItsLogAndItsLag() throws Exception {
    var id = rested();

    var partitions = Managed.offsets(server, id).get("partitions");

    assertEquals("0 1", each(partitions, "partition"));
    assertEquals("10 5", each(partitions, "current_offset"));
    assertEquals("0 0", each(partitions, "log_start_offset"));
    assertEquals("10 5", each(partitions, "log_end_offset"));
    assertEquals("0 0", each(partitions, "lag"));
  }

  @Test
  void aDryRunAnswersThePlanAndMovesNothing() throws Exception {
    var id = rested();

    var plan = Managed.plan(server, id, "{\"to\": \"earliest\"}");

    assertFalse(plan.get("applied").asBoolean());
    assertEquals("10 5", each(plan.get("partitions"), "from"));
    assertEquals("0 0", each(plan.get("partitions"), "to"));
    assertEquals("10 5", each(plan.get("partitions"), "records_replayed"));
    assertEquals(15, plan.get("records_replayed").asLong());
    assertEquals("10 5", committed(id));
  }

  @Test
  void aGroupIsMovedToWhereItsPlanSaid() throws Exception {
    var id = rested();
    var token = Managed.plan(server, id, "{\"to\": \"earliest\"}").get("plan").asText();

    var moved =
        Managed.move(server, id, "{\"to\": \"earliest\", \"plan\": \"%s\"}".formatted(token));

    assertTrue(moved.get("applied").asBoolean());
    assertEquals("0 0", committed(id));
  }

  @Test
  void aGroupIsMovedByAShiftWithinTheLog() throws Exception {
    var id = rested();

    var moved = Managed.move(server, id, "{\"to\": {\"shift\": -7}}");

    assertEquals("3 0", each(moved.get("partitions"), "to"));
    assertEquals("7 5", each(moved.get("partitions"), "records_replayed"));
    assertEquals("3 0", committed(id));
  }

  @Test
  void onlyTheNamedPartitionsAreMoved() throws Exception {
    var id = rested();

    Managed.move(server, id, "{\"to\": \"earliest\", \"partitions\": [1]}");

    assertEquals("10 0", committed(id));
  }

  @Test
  void aGroupIsMovedToOffsetsAndOverWhatItShallSkip() throws Exception {
    var id = rested();

    Managed.move(server, id, "{\"to\": {\"offsets\": {\"0\": 4}}}");
    var skipping = Managed.move(server, id, "{\"to\": \"latest\"}");

    assertEquals("6 0", each(skipping.get("partitions"), "records_skipped"));
    assertEquals("10 5", committed(id));
  }

  @Test
  void aGroupIsMovedToATime() throws Exception {
    var id = rested();
    var topic = server.get("/consumers/" + id).json().get("topic").asText();
    var later = Instant.now().plusMillis(1);
    await().until(() -> Instant.now().isAfter(later));
    Managed.produce(BROKER, topic, 0, 10, 12);

    var all = Managed.plan(server, id, "{\"to\": {\"timestamp\": 0}}");
    var recent = Managed.plan(server, id, "{\"to\": {\"timestamp\": \"%s\"}}".formatted(later));

    assertEquals("0 0", each(all.get("partitions"), "to"));
    assertEquals("10 5", each(recent.get("partitions"), "to"));
  }

  @Test
  void anOldPlanIsNotCarriedOut() throws Exception {
    var id = rested();
    var token = Managed.plan(server, id, "{\"to\": \"earliest\"}").get("plan").asText();
    Managed.move(server, id, "{\"to\": {\"shift\": -1}}");

    var detail = conflict(id, "{\"to\": \"earliest\", \"plan\": \"%s\"}".formatted(token));

    assertTrue(detail.contains("have moved since the plan was made"), detail);
    assertEquals("9 4", committed(id));
  }

  @Test
  void theOffsetsOfARunningConsumerStay() throws Exception {
    var id = rested();
    Managed.start(server, id);

    assertTrue(conflict(id, "{\"to\": \"earliest\"}").contains("is ACTIVE"));
    assertTrue(
        Managed.plan(server, id, "{\"to\": \"earliest\"}")
            .get("obstacle")
            .asText()
            .contains("is ACTIVE"));
    Managed.stop(server, id);
  }

  @Test
  void whoIsStillInTheGroupIsNamed() throws Exception {
    var topic = server.topic(1);
    var group = Managed.name("shared");
    var reading = Managed.running(server, BROKER, topic, group, file(topic, false));
    var resting = Managed.running(server, BROKER, topic, group, file(topic, false));
    server.post("/consumers/" + resting + "/stop", "");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertTrue(conflict(resting, "{\"to\": \"earliest\"}").contains(reading)));
    server.post("/consumers/" + reading + "/stop", "");
  }

  @Test
  void whatCannotBeIsNamedFieldByField() throws Exception {
    var id = rested();

    for (var wrong :
        List.of(
            "{}",
            "{\"to\": \"beginning\"}",
            "{\"to\": {\"shift\": 1.5}}",
            "{\"to\": {\"timestamp\": \"yesterday\"}}",
            "{\"to\": {\"offsets\": {\"0\": 11}}}",
            "{\"to\": {\"offsets\": {\"7\": 1}}}",
            "{\"to\": {\"offsets\": {\"0\": -1}}}",
            "{\"to\": \"latest\", \"partitions\": [2]}",
            "{\"to\": \"latest\", \"partitions\": []}",
            "{\"to\": \"latest\", \"partition\": 0}")) {
      var answer = server.patch("/consumers/" + id + "/offsets", wrong);
      assertEquals(422, answer.status(), wrong + answer.body());
      assertNotEquals("", answer.json().get("errors").get(0).get("field").asText());
    }
    var several =
        server.patch(
            "/consumers/" + id + "/offsets", "{\"to\": {\"offsets\": {\"0\": 11, \"7\": 1}}}");
    assertEquals(
        List.of("to.offsets.0", "to.offsets.7"),
        several.json().get("errors").findValuesAsText("field"));
    assertEquals("10 5", committed(id));
  }

  @Test
  void aFileGetsItsLinesAgainAfterAReset() throws Exception {
    var topic = server.topic(1);
    Managed.produce(BROKER, topic, 0, 0, 20);
    var id = Managed.running(server, BROKER, topic, Managed.name("group"), file(topic, true));
    Managed.awaitCaughtUp(server, id);
    Managed.stop(server, id);
    var file = files.resolve(topic + ".log");
    assertEquals(20, Managed.lines(file).size());

    Managed.move(server, id, "{\"to\": \"earliest\"}");
    Managed.start(server, id);

    await().atMost(PATIENCE).untilAsserted(() -> assertEquals(40, Managed.lines(file).size()));
    Managed.awaitCaughtUp(server, id);
    Managed.stop(server, id);
  }

  @Test
  void aTableGetsItsRowsAgainAfterAResetOfOursAndOfKafkasOwnTools() throws Exception {
    var database = "offsets_" + System.nanoTime();
    EmbeddedPostgreSql.shared().createDatabase(database);
    for (var mode : List.of("append", "upsert")) {
      var topic = server.topic(1);
      var group = Managed.name("group");
      Managed.produce(BROKER, topic, 0, 0, 20);
      var sink =
          Managed.processor(
              "database_sync",
              Map.of(
                  "db_dsn",
                  EmbeddedPostgreSql.shared().url(database),
                  "table",
                  "rows_" + mode,
                  "mode",
                  mode));
      var id = Managed.running(server, BROKER, topic, group, sink);
      Managed.awaitCaughtUp(server, id);
      Managed.stop(server, id);
      assertEquals(20, takeRows(database, mode));

      Managed.move(server, id, "{\"to\": {\"offsets\": {\"0\": 5}}}");
      Managed.start(server, id);
      Managed.awaitCaughtUp(server, id);
      Managed.stop(server, id);
      assertEquals(15, takeRows(database, mode), mode);

      server
          .admin
          .alterConsumerGroupOffsets(
              group, Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(2)))
          .all()
          .get();
      Managed.start(server, id);
      Managed.awaitCaughtUp(server, id);
      Managed.stop(server, id);
      assertEquals(18, takeRows(database, mode), mode);
    }
  }

  /** How many rows there are; afterwards there are none. */
  private static int takeRows(String database, String mode) throws SQLException {
    try (var connection = EmbeddedPostgreSql.shared().connect(database);
        var statement = connection.createStatement()) {
      return statement.executeUpdate("delete from rows_" + mode);
    }
  }
}
