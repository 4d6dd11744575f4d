package io.kafkafetch.bootstrap;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
@DisplayName("A server that is killed")
final class KillIT {
  private static final int RECORDS = 100_000;
  private static final int BATCH = 1_000;
  private static final int KILLED_AFTER = 40;
  private static final Duration DELIVERY_LIMIT = Duration.ofSeconds(90);

  @TempDir private Path home;

  @Test
  void inTheMiddleOfAHundredThousandRecordsRunsItsConsumerAgainAndLosesNone() throws Exception {
    var file = home.resolve("data/out/numbers.txt");
    int acknowledged;
    int port;
    try (var server = RunningServer.start(home, Map.of())) {
      port = server.port();
      server.pumpToFile("numbers", "numbers.txt");
      acknowledged = produceUntilKilled(server);
      assertTrue(acknowledged < RECORDS / BATCH);
    }
    assertTrue(numbers(file).cardinality() < RECORDS);

    try (var server = RunningServer.start(home, Map.of("HTTP_PORT", Integer.toString(port)))) {
      for (int batch = acknowledged; batch < RECORDS / BATCH; batch++) {
        produce(server, batch);
      }

      await()
          .atMost(DELIVERY_LIMIT)
          .untilAsserted(() -> assertEquals(RECORDS, numbers(file).cardinality()));
      var consumers = server.get("/consumers").body();
      assertTrue(consumers.contains("\"status\":\"ACTIVE\""), consumers);
      assertTrue(consumers.contains("\"trouble\":null"), consumers);
    }
  }

  /** Answers how many batches were acknowledged; one more may be there. */
  private static int produceUntilKilled(RunningServer server) throws InterruptedException {
    var acknowledged = new AtomicInteger();
    var producer =
        Thread.ofVirtual()
            .start(() -> {
              try {
                for (int batch = 0; batch < RECORDS / BATCH; batch++) {
                  produce(server, batch);
                  acknowledged.incrementAndGet();
                }
              } catch (UncheckedIOException killed) {
                // The batch that was in flight is sent again after the restart.
              }
            });
    await().atMost(DELIVERY_LIMIT).until(() -> acknowledged.get() >= KILLED_AFTER);
    server.signal("KILL");
    producer.join();
    return acknowledged.get();
  }

  private static void produce(RunningServer server, int batch) {
    var records =
        IntStream.range(batch * BATCH, (batch + 1) * BATCH)
            .mapToObj("{\"topic\":\"numbers\",\"message\":%d,\"enrich\":false}"::formatted)
            .collect(Collectors.joining(",", "[", "]"));
    assertEquals(200, server.post("/produce/batch", records).statusCode());
  }

  /** The numbers in the file, each once; a line that is none fails. */
  private static BitSet numbers(Path file) throws IOException {
    var numbers = new BitSet(RECORDS);
    if (Files.exists(file)) {
      var text = Files.readString(file);
      text.substring(0, text.lastIndexOf('\n') + 1)
          .lines()
          .forEach(line -> numbers.set(Integer.parseInt(line)));
    }
    return numbers;
  }
}
