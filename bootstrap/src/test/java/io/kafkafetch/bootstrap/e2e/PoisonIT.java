package io.kafkafetch.bootstrap.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName(
    "Of ten thousand records one is poison: it alone is a dead letter, until it is redriven")
class PoisonIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int PARTITIONS = 2;
  private static final int ONE_IN = 10_000;
  private static final int SMALL = 10_000;
  private static final int FULL = 100_000;

  private static Outside outside;

  @TempDir private Path folder;
  private Path roots;

  @BeforeAll
  static void open() {
    outside = Outside.shared();
  }

  @AfterAll
  static void close() {
    outside.close();
  }

  @BeforeEach
  void roots() throws Exception {
    roots = Files.createDirectories(folder.toRealPath().resolve("out"));
  }

  @Test
  @DisplayName("refused by a table")
  void table() {
    refusedByATable(SMALL);
  }

  @Test
  @Tag("endurance")
  @DisplayName("refused by a table, in full")
  void tableInFull() {
    refusedByATable(FULL);
  }

  @Test
  @DisplayName("refused by an endpoint")
  void endpoint() {
    refusedByAnEndpoint(SMALL);
  }

  @Test
  @Tag("endurance")
  @DisplayName("refused by an endpoint, in full")
  void endpointInFull() {
    refusedByAnEndpoint(FULL);
  }

  private static boolean isPoison(int number) {
    return number % ONE_IN == ONE_IN / 2;
  }

  private void refusedByATable(int each) {
    var topic = outside.topic(PARTITIONS);
    try (var end = new TableEnd(outside);
        var server = outside.server(folder, roots)) {
      var id = running(server, topic, end.processor());
      outside.send(topic, PARTITIONS, 0, 1);
      await().atMost(PATIENCE).until(() -> end.arrived() == PARTITIONS);
      end.execute(
          "alter table numbers add constraint sound check ((value->>'n')::int %% %d <> %d)"
              .formatted(ONE_IN, ONE_IN / 2));

      outside.send(topic, PARTITIONS, 1, each);

      assertLetters(server, id, topic, each);
      assertEquals((long) PARTITIONS * (each - each / ONE_IN), end.arrived());
      end.execute("alter table numbers drop constraint sound");
      redrive(server, id, each);
      end.assertComplete(PARTITIONS, each);
      assertNothingIsLeft(topic, each);
    }
  }

  private void refusedByAnEndpoint(int each) {
    var topic = outside.topic(PARTITIONS);
    Set<String> taken = ConcurrentHashMap.newKeySet();
    try (var hook = new Hook(request -> taken.add(request.body()));
        var server = outside.server(folder, roots)) {
      hook.answering(request -> isPoison(request.number("n")) ? 422 : 200);
      var processor =
          """
          {"processor_type": "streaming_forwarder", "config":
            {"endpoint_url": "http://127.0.0.1:%d/", "max_in_flight": 4}}\
          """
              .formatted(hook.port());
      var id = running(server, topic, processor);

      outside.send(topic, PARTITIONS, 0, each);

      assertLetters(server, id, topic, each);
      assertEquals(PARTITIONS * (each - each / ONE_IN), taken.size());
      hook.answering(_ -> 200);
      redrive(server, id, each);
      assertEquals(PARTITIONS * each, taken.size());
      assertNothingIsLeft(topic, each);
    }
  }

  private static String running(RunningServer server, String topic, String processor) {
    return server
        .api()
        .running(outside.kafka.bootstrapServers(), topic, group(topic), processor, "");
  }

  private static String group(String topic) {
    return "group-of-" + topic;
  }

  /** The poison, all of it and nothing else, has its place and its reason in the letters. */
  private static void assertLetters(RunningServer server, String id, String topic, int each) {
    assertNothingIsLeft(topic, each);
    var wanted = new TreeSet<String>();
    for (int n = ONE_IN / 2; n < each; n += ONE_IN) {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        wanted.add(topic + "-" + partition + "-" + n);
      }
    }
    var found = new TreeSet<String>();
    var reasons = new HashSet<String>();
    var letters = server.api().get("/consumers/" + id + "/dead-letters?limit=1000").json();
    for (var letter : letters.get("dead_letters")) {
      found.add(
          letter.get("topic").asText()
              + "-"
              + letter.get("partition").asText()
              + "-"
              + letter.get("value").get("n").asText());
      assertEquals(letter.get("value").get("n").asText(), letter.get("offset").asText());
      reasons.add(letter.get("reason").asText());
    }
    assertEquals(wanted, found);
    assertEquals(1, reasons.size(), reasons::toString);
  }

  private static void redrive(RunningServer server, String id, int each) {
    var place = "/consumers/" + id + "/dead-letters/redrive";
    assertEquals(202, server.api().post(place, "{}").status());
    await()
        .atMost(PATIENCE)
        .until(() -> server.api().get(place).json().get("state").asText().equals("completed"));
    var counts = server.api().get(place).json().get("counts");
    assertEquals(PARTITIONS * (each / ONE_IN), counts.get("delivered").asInt(), counts::toString);
  }

  private static void assertNothingIsLeft(String topic, int each) {
    await()
        .atMost(PATIENCE)
        .until(() -> {
          var committed = outside.committed(group(topic), topic, PARTITIONS);
          return committed[0] == each && committed[1] == each;
        });
  }
}
