package io.kafkafetch.bootstrap.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A server that is stopped while it is starting")
class EarlyStopIT {
  private static final int ENDED_BY_SIGTERM = 143;

  @TempDir private Path folder;

  @Test
  @DisplayName("stops what it has started, without complaint")
  void stopped() throws IOException, InterruptedException {
    var process = Program.of(Repository.RUN.toString()).in(folder).with("HTTP_PORT", "0").start();
    var family = new HashSet<ProcessHandle>();
    await()
        .atMost(60, TimeUnit.SECONDS)
        .until(() -> process.descendants().filter(EarlyStopIT::isEmbedded).count() > 0);
    process.descendants().forEach(family::add);

    // Not Process.destroy, which closes what it said as well.
    process.toHandle().destroy();

    assertTrue(process.waitFor(15, TimeUnit.SECONDS));
    assertEquals(ENDED_BY_SIGTERM, process.exitValue());
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertFalse(said.contains(" ERROR ") || said.contains("xception"), said);
    assertTrue(said.contains("Stopped in "), said);
    await()
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> family.stream().noneMatch(ProcessHandle::isAlive));
  }

  /** Not what run.sh itself starts before it becomes the server. */
  private static boolean isEmbedded(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains("kafkafetch.broker.folder");
  }
}
