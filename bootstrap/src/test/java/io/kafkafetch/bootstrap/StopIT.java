package io.kafkafetch.bootstrap;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
@DisplayName("A signal")
final class StopIT {
  private static final int SIGINT_STATUS = 130;
  private static final int SIGTERM_STATUS = 143;
  private static final Pattern STOPPING = Pattern.compile("Lifecycle: Stopping (.*)");

  @TempDir private Path home;

  @Test
  void toTheServerStopsEverythingFromTheOutsideIn() {
    try (var server = RunningServer.start(home, Map.of())) {
      var processes = server.processes();
      server.pumpToFile("orders", "orders.jsonl");

      server.signal("TERM");

      assertEquals(SIGTERM_STATUS, server.awaitExit(RunningServer.STOP_LIMIT));
      assertStoppedInOrder(server, processes);
    }
  }

  @Test
  void toTheWholeProcessGroupAsFromATerminalDoesTheSameEvenTwice() {
    try (var server = RunningServer.start(home, Map.of())) {
      var processes = server.processes();
      server.pumpToFile("orders", "orders.jsonl");

      server.signalGroup("INT");
      server.signalGroup("INT");

      assertEquals(SIGINT_STATUS, server.awaitExit(RunningServer.STOP_LIMIT));
      assertStoppedInOrder(server, processes);
    }
  }

  @Test
  void inTheMiddleOfTheStartStopsWhatWasStarted() {
    try (var server = RunningServer.launch(home, Map.of())) {
      await().atMost(Duration.ofSeconds(60)).until(() -> server.processes().size() > 1);
      var processes = server.processes();

      server.signal("TERM");

      assertEquals(SIGTERM_STATUS, server.awaitExit(RunningServer.STOP_LIMIT));
      assertEquals("", server.errors());
      assertAllEnd(processes);
    }
  }

  private static void assertStoppedInOrder(RunningServer server, List<ProcessHandle> processes) {
    assertEquals(
        List.of(
            "the API",
            "the consumers",
            "the Kafka clients",
            "the storage",
            "the embedded servers",
            "the data folder"),
        STOPPING.matcher(server.output()).results().map((MatchResult r) -> r.group(1)).toList());
    assertTrue(server.output().contains("Lifecycle: Stopped in "), server::output);
    assertTrue(!server.output().contains("did not stop"), server::output);
    assertEquals("", server.errors());
    assertAllEnd(processes);
  }

  private static void assertAllEnd(List<ProcessHandle> processes) {
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
  }
}
