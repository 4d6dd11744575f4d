package io.kafkafetch.bootstrap.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Processors that are swapped under load")
class SwapIT {
  private static final int BATCH = 500;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir private Path folder;

  @Test
  @DisplayName("lose no record and repeat none")
  void swapped() throws Exception {
    assertNothingLostOrRepeated(60_000, 6);
  }

  @Test
  @Tag("endurance")
  @DisplayName("lose no record and repeat none, sixty times in a million")
  void swappedAgainAndAgain() throws Exception {
    assertNothingLostOrRepeated(1_000_000, 60);
  }

  private void assertNothingLostOrRepeated(int records, int swaps)
      throws InterruptedException, ExecutionException {
    try (var server = RunningServer.in(folder);
        var sender = Executors.newSingleThreadExecutor()) {
      var id = server.api().consumer(server.kafka(), "orders", "swapped-0.jsonl");
      put(server, id, 0);
      var swapped = new AtomicBoolean();
      var sending = sender.submit(() -> sendAll(server.api(), records, swapped));
      try {
        for (int swap = 1; swap <= swaps; swap++) {
          awaitLines(swap - 1);
          put(server, id, swap);
        }
      } finally {
        swapped.set(true);
      }

      int sent = sending.get();
      var all = IntStream.range(0, sent).boxed().toList();
      await().atMost(LIMIT).until(() -> written("kept").size() >= sent);
      await().atMost(LIMIT).until(() -> written("swapped-").size() >= sent);
      assertEquals(all, sorted(written("kept")));
      assertEquals(all, sorted(written("swapped-")));
      assertEquals("ACTIVE", server.api().get("/consumers/" + id).json().get("status").asText());
    }
  }

  private void awaitLines(int swap) {
    var file = new SinkFile(out().resolve("swapped-" + swap + ".jsonl"));
    await().atMost(LIMIT).until(() -> !file.numbers().isEmpty());
  }

  /** One processor stays, the other makes room for another one. */
  private static void put(RunningServer server, String id, int swap) {
    var answer =
        server
            .api()
            .put(
                "/consumers/" + id,
                """
                {"processor_configs": [
                  {"processor_type": "file_sink", "config": {"file_path": "kept.jsonl"}},
                  {"processor_type": "file_sink", "config": {"file_path": "swapped-%d.jsonl"}}]}
                """
                    .formatted(swap));
    assertEquals(200, answer.status(), answer.body());
    assertEquals("ACTIVE", answer.json().get("status").asText(), answer.body());
  }

  /** So many, or more until the last swap is done: each of them is under load. */
  private static int sendAll(Api api, int records, AtomicBoolean swapped) {
    int sent = 0;
    while (sent < records || !swapped.get()) {
      var answer = api.produce("orders", sent, sent + BATCH);
      assertEquals(200, answer.status(), answer.body());
      sent += BATCH;
    }
    return sent;
  }

  private Path out() {
    return folder.resolve("data/out");
  }

  /** The numbers in all files whose name begins so. */
  private List<Integer> written(String prefix) {
    var numbers = new ArrayList<Integer>();
    try (Stream<Path> files = Files.list(out())) {
      files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .forEach(file -> numbers.addAll(new SinkFile(file).numbers()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return numbers;
  }

  private static List<Integer> sorted(List<Integer> numbers) {
    assertTrue(!numbers.isEmpty(), "Nothing was written");
    return numbers.stream().sorted().toList();
  }
}
