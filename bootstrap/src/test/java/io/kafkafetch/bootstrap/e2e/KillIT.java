package io.kafkafetch.bootstrap.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A server that is killed or stopped")
class KillIT {
  private static final int RECORDS = 100_000;
  private static final int BATCH = 1_000;

  /** When to kill: the first is in the file, and most are not. */
  private static final int MIDDLE = 20_000;

  /** So much is sent at once; the rest once the file is being written, however late that is. */
  private static final int SENT_BEFORE = 60_000;

  /** Killed when so much is sent, while more is under way. */
  private static final int SENT_AT_THE_KILL = 65_000;

  /** What a process says that SIGTERM or SIGINT has ended: 128 and the signal. */
  private static final Set<Integer> ENDED_BY_SIGTERM = Set.of(0, 143);

  private static final Set<Integer> ENDED_BY_SIGINT = Set.of(0, 130);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

  @TempDir private Path folder;

  @Test
  @DisplayName("loses nothing, runs its consumers again by itself, and leaves nothing behind")
  void killedInTheMiddle() throws Exception {
    var server = new AtomicReference<>(RunningServer.in(folder));
    var first = server.get();
    var id = first.api().consumer(first.kafka(), "orders", "orders.jsonl");
    var file = new SinkFile(folder.resolve("data/out/orders.jsonl"));

    try (var sender = Executors.newSingleThreadExecutor()) {
      var written = new CountDownLatch(1);
      var sent = new AtomicInteger();
      var sending = sender.submit(() -> sendAll(server, written, sent));
      await().atMost(120, TimeUnit.SECONDS).until(() -> file.numbers().size() > MIDDLE);
      written.countDown();
      await().pollInterval(5, TimeUnit.MILLISECONDS).until(() -> sent.get() >= SENT_AT_THE_KILL);
      var left = first.family();
      left.removeIf(process -> process.pid() == first.pid());
      first.kill();
      assertTrue(file.numbers().size() < RECORDS, "It was killed too late to tell anything");

      server.set(RunningServer.in(folder));
      assertEquals(Set.of(), alive(left), "The next start has not ended what was left");
      assertEquals(RECORDS, sending.get(180, TimeUnit.SECONDS));
    }
    try (var second = server.get()) {
      assertEquals("ACTIVE", second.api().get("/consumers/" + id).json().get("status").asText());
      var wanted = IntStream.range(0, RECORDS).boxed().collect(Collectors.toSet());
      await()
          .atMost(120, TimeUnit.SECONDS)
          .until(() -> new HashSet<>(file.numbers()).containsAll(wanted));
      assertStopsOn("TERM", second, second.pid(), ENDED_BY_SIGTERM);
    }
  }

  /** Sends batch after batch, each again until it was acknowledged, whoever answers. */
  private static int sendAll(
      AtomicReference<RunningServer> server, CountDownLatch written, AtomicInteger sent)
      throws InterruptedException {
    while (sent.get() < RECORDS) {
      int from = sent.get();
      if (from == SENT_BEFORE) {
        assertTrue(written.await(150, TimeUnit.SECONDS), "Nothing came into the file");
      }
      await()
          .atMost(150, TimeUnit.SECONDS)
          .pollDelay(Duration.ZERO)
          // While nobody listens.
          .ignoreExceptionsInstanceOf(UncheckedIOException.class)
          .until(() -> server.get().api().produce("orders", from, from + BATCH).status() == 200);
      sent.addAndGet(BATCH);
    }
    return sent.get();
  }

  @Test
  @DisplayName("stops from the outside in when a terminal interrupts the whole process group")
  void interruptedGroup() {
    try (var server = RunningServer.in(folder)) {
      server.api().consumer(server.kafka(), "orders", "orders.jsonl");
      assertEquals(200, server.api().produce("orders", 0, 10).status());

      assertStopsOn("INT", server, -server.pid(), ENDED_BY_SIGINT);

      var stops =
          server
              .output()
              .lines()
              .filter(line -> line.contains("Stopping the "))
              .map(line -> line.substring(line.indexOf("Stopping the ") + 13))
              .toList();
      assertEquals(
          List.of(
              "API", "consumers", "Kafka clients", "storage", "embedded servers", "data folder"),
          stops,
          server::output);
      assertEquals(
          0,
          server.output().lines().filter(line -> line.contains(" ERROR ")).count(),
          server::output);
    }
  }

  private static void assertStopsOn(
      String signal, RunningServer server, long whom, Set<Integer> exitCodes) {
    var family = server.family();
    assertTrue(
        family.size() > (server.embedsPostgreSql() ? 3 : 1),
        "Too few processes for embedded servers: " + family);

    server.signal(signal, whom);

    var exitCode = server.awaitEnd(STOP_LIMIT);
    assertTrue(exitCode.filter(exitCodes::contains).isPresent(), () -> said(exitCode, server));
    assertEquals(Set.of(), alive(family), "Still there after the server has ended");
  }

  private static String said(Optional<Integer> exitCode, RunningServer server) {
    return exitCode.map(code -> "Ended with " + code).orElse("Still runs") + ": " + server.output();
  }

  private static Set<Long> alive(Set<ProcessHandle> processes) {
    return processes.stream()
        .filter(ProcessHandle::isAlive)
        .map(ProcessHandle::pid)
        .collect(Collectors.toSet());
  }
}
