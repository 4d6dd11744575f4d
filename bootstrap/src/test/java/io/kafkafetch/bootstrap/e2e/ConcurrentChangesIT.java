package io.kafkafetch.bootstrap.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A consumer that is changed")
class ConcurrentChangesIT {
  @TempDir private Path folder;

  @Test
  @DisplayName("by two writers at once is as one of them wants it, and the other gets 412")
  void twoWriters() throws Exception {
    assertOneWins(30);
  }

  @Test
  @Tag("endurance")
  @DisplayName("by two writers at once, a thousand times, is as one of them wants it")
  void twoWritersAgainAndAgain() throws Exception {
    assertOneWins(1_000);
  }

  private void assertOneWins(int rounds) throws InterruptedException, ExecutionException {
    try (var server = RunningServer.in(folder);
        var writers = Executors.newFixedThreadPool(2)) {
      var api = server.api();
      var path = "/consumers/" + api.consumer(server.kafka(), "orders", "orders.jsonl");
      for (int round = 1; round <= rounds; round++) {
        var etag = api.get(path).etag();
        var together = new CyclicBarrier(2);
        var first = writers.submit(writer(api, path, etag, 2 * round, together));
        var second = writers.submit(writer(api, path, etag, 2 * round + 1, together));

        var statuses = List.of(first.get().status(), second.get().status());
        assertEquals(List.of(200, 412), statuses.stream().sorted().toList());
        int winner = 2 * round + (statuses.getFirst() == 200 ? 0 : 1);
        assertEquals(winner, api.get(path).json().at("/delivery/max_batch_records").asInt());
      }
    }
  }

  private static Callable<Api.Answer> writer(
      Api api, String path, String etag, int batch, CyclicBarrier together) {
    return () -> {
      together.await();
      return api.putIf(etag, path, "{\"delivery\": {\"max_batch_records\": %d}}".formatted(batch));
    };
  }

  @Test
  @DisplayName("stays started when the server is killed right after it has said so")
  void startSurvives() {
    assertStartSurvives(2);
  }

  @Test
  @Tag("endurance")
  @DisplayName("stays started, or stopped, whenever the server is killed right after")
  void startSurvivesAgainAndAgain() {
    assertStartSurvives(20);
  }

  private void assertStartSurvives(int kills) {
    var server = RunningServer.in(folder);
    try {
      var path = "/consumers/" + server.api().consumer(server.kafka(), "orders", "orders.jsonl");
      for (int kill = 0; kill < kills; kill++) {
        boolean start = kill % 2 == 0;
        var before = server.api().post(path + (start ? "/stop" : "/start"), "");
        assertEquals(200, before.status(), before.body());
        var answer = server.api().post(path + (start ? "/start" : "/stop"), "");
        server.kill();
        assertEquals(200, answer.status(), answer.body());

        server = RunningServer.in(folder);
        var status = server.api().get(path).json().get("status").asText();
        assertEquals(start ? "ACTIVE" : "INACTIVE", status);
        if (start) {
          assertTakesRecords(server, kill);
        }
      }
    } finally {
      server.close();
    }
  }

  /** It does not only say so. */
  private void assertTakesRecords(RunningServer server, int number) {
    var file = new SinkFile(folder.resolve("data/out/orders.jsonl"));
    assertEquals(200, server.api().produce("orders", number, number + 1).status());
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> assertTrue(file.numbers().contains(number), () -> "" + file.numbers()));
  }
}
