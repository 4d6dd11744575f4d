package io.kafkafetch.bootstrap.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The README")
class ReadmeIT {
  @TempDir private Path folder;

  @Test
  @DisplayName("says what its commands answer")
  void commands() {
    var steps = Readme.steps(Repository.ROOT.resolve("README.md"));
    assertTrue(steps.size() >= 4, steps::toString);
    try (var server = RunningServer.in(folder)) {
      for (var step : steps) {
        if (step.isALook()) {
          await()
              .atMost(60, TimeUnit.SECONDS)
              .untilAsserted(() -> assertTrue(step.isAnsweredBy(run(step, server)), step::answer));
        } else {
          var text = run(step, server);
          assertTrue(step.isAnsweredBy(text), () -> step.command() + text);
        }
      }
    }
  }

  private String run(Readme.Step step, RunningServer server) {
    var here =
        step.command()
            .replace("localhost:8000", "localhost:" + server.port())
            .replace("9092", server.kafka().substring(server.kafka().lastIndexOf(':') + 1));
    return Program.shell(here).in(folder).run().text();
  }
}
