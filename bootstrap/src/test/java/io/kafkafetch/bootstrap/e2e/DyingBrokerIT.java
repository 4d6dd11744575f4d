package io.kafkafetch.bootstrap.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("An embedded broker that dies")
class DyingBrokerIT {
  @TempDir private Path folder;

  @Test
  @DisplayName("is started again by the server, and the consumers go on")
  void startedAgain() {
    try (var server = RunningServer.in(folder)) {
      server.api().consumer(server.kafka(), "orders", "orders.jsonl");
      var file = new SinkFile(folder.resolve("data/out/orders.jsonl"));
      assertEquals(200, server.api().produce("orders", 0, 1).status());
      await().atMost(60, TimeUnit.SECONDS).until(() -> file.numbers().equals(List.of(0)));

      broker(server).destroyForcibly();

      await()
          .atMost(60, TimeUnit.SECONDS)
          .until(() -> server.output().contains("Embedded Kafka runs again"));
      await().atMost(60, TimeUnit.SECONDS).until(() -> server.api().get("/health").status() == 200);
      await()
          .atMost(60, TimeUnit.SECONDS)
          .until(() -> server.api().produce("orders", 1, 2).status() == 200);
      await().atMost(60, TimeUnit.SECONDS).until(() -> file.numbers().contains(1));
    }
  }

  private static ProcessHandle broker(RunningServer server) {
    return server.family().stream()
        .filter(
            process -> process.info().commandLine().orElse("").contains("kafkafetch.broker.folder"))
        .findFirst()
        .orElseThrow();
  }
}
