package io.kafkafetch.bootstrap.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@DisplayName("A sink that refuses is spoken of within 10 s, nothing is committed, nothing is lost")
class SaidSoonIT {
  private static final Logger LOG = LoggerFactory.getLogger(SaidSoonIT.class);
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** So that it goes on soon after the cause has gone. */
  private static final String IMPATIENT = ", \"delivery\": {\"retry\": {\"max_ms\": 1000}}";

  @TempDir private static Path folder;
  private static Outside outside;
  private static SmallDisk disk;
  private static RunningServer server;

  private String topic = "";

  @BeforeAll
  static void open() {
    outside = Outside.shared();
    disk = SmallDisk.of(2, folder);
    server = outside.server(folder, disk.folder());
  }

  @AfterAll
  static void close() {
    server.close();
    disk.close();
    outside.close();
  }

  @BeforeEach
  void topic() {
    topic = outside.topic(1);
  }

  private String running(String processor) {
    return server
        .api()
        .running(
            outside.kafka.bootstrapServers(), topic, "group-of-" + topic, processor, IMPATIENT);
  }

  private void awaitSaid(String id, String what) {
    long begun = System.nanoTime();
    await().atMost(SOON).until(() -> server.api().complaint(id).contains(what));
    LOG.info("\"{}\" was said after {} ms", what, (System.nanoTime() - begun) / 1_000_000);
  }

  private long committed() {
    return outside.committed("group-of-" + topic, topic, 1)[0];
  }

  private static void start(String id) {
    assertEquals(200, server.api().post("/consumers/" + id + "/start", "").status());
  }

  @Test
  @DisplayName("A wrong password: ERROR, until it is right and somebody starts it")
  void password() {
    try (var end = new TableEnd(outside)) {
      end.execute("drop role if exists clerk");
      end.execute("create role clerk login superuser password 'right'");
      outside.send(topic, 1, 0, 1_000);
      var id = running(end.processor().replace("postgres:postgres@", "clerk:wrong@"));

      awaitSaid(id, "28P01");

      await().atMost(SOON).until(() -> server.api().status(id).equals("ERROR"));
      assertEquals(0, committed());
      end.execute("alter role clerk password 'wrong'");
      start(id);
      await().atMost(PATIENCE).until(() -> committed() == 1_000);
      end.assertComplete(1, 1_000);
    }
  }

  @Test
  @DisplayName("A 401 in the middle: ERROR, position kept, and on it goes after start")
  void unauthorized() {
    try (var end = new HookEnd(1)) {
      end.answering(request -> request.number("n") < 700 ? 200 : 401);
      outside.send(topic, 1, 0, 1_000);
      var id = running(end.processor());

      awaitSaid(id, "401");

      await().atMost(SOON).until(() -> server.api().status(id).equals("ERROR"));
      await().atMost(SOON).until(() -> committed() == 700);
      end.answering(_ -> 200);
      start(id);
      await().atMost(PATIENCE).until(() -> committed() == 1_000);
      end.assertComplete(1, 1_000);
      assertEquals(0, end.repeats());
    }
  }

  @Test
  @DisplayName(
      "A 429, a 503, silence and garbage: it says so, keeps its position and goes on by itself")
  void passingAnswers() {
    for (int status : List.of(429, 503, Hook.SILENCE, Hook.GARBAGE)) {
      var numbers = new CopyOnWriteArrayList<Integer>();
      var source = outside.topic(1);
      try (var hook = new Hook(request -> numbers.add(request.number("n")))) {
        hook.answering(request -> request.number("n") < 70 ? 200 : status);
        outside.send(source, 1, 0, 100);
        var id =
            server
                .api()
                .running(
                    outside.kafka.bootstrapServers(),
                    source,
                    "group-of-" + source,
                    """
                    {"processor_type": "streaming_forwarder", "config":
                      {"endpoint_url": "http://127.0.0.1:%d/", "timeout_ms": 1000}}\
                    """
                        .formatted(hook.port()),
                    IMPATIENT);

        awaitSaid(id, "127.0.0.1");

        assertEquals("ACTIVE", server.api().status(id));
        assertTrue(outside.committed("group-of-" + source, source, 1)[0] <= 70);
        hook.answering(_ -> 200);
        await()
            .atMost(PATIENCE)
            .until(() -> outside.committed("group-of-" + source, source, 1)[0] == 100);
        assertEquals(IntStream.range(0, 100).boxed().toList(), numbers);
      }
    }
  }

  @Test
  @DisplayName(
      "A full disk: it says so, keeps its position and goes on by itself when there is room")
  void fullDisk() throws Exception {
    var file = disk.folder().resolve("full.log");
    disk.fill(server);
    var id =
        running(
            """
            {"processor_type": "file_sink", "config":
              {"file_path": "%s", "exactly_once": true}}\
            """
                .formatted(file));
    outside.send(topic, 1, 0, 200_000);

    awaitSaid(id, "full.log");

    assertEquals("ACTIVE", server.api().status(id));
    assertTrue(committed() <= lines(file), "More is committed than is there");
    assertTrue(lines(file) < 200_000, "It was not full");
    disk.makeRoom(server);
    await().atMost(PATIENCE).until(() -> committed() == 200_000);
    var wanted = IntStream.range(0, 200_000).mapToObj(n -> "{\"p\":0,\"n\":" + n + "}").toList();
    assertEquals(wanted, Files.readAllLines(file));
  }

  private static long lines(Path file) {
    try (var lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
