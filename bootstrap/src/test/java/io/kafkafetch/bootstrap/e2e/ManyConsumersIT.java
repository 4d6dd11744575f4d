package io.kafkafetch.bootstrap.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@DisplayName("Many consumers with a large backlog run to its end in a small heap")
class ManyConsumersIT {
  private static final Logger LOG = LoggerFactory.getLogger(ManyConsumersIT.class);
  private static final Duration PATIENCE = Duration.ofSeconds(280);
  private static final int BYTES = 1 << 10;

  @TempDir private Path folder;

  @Test
  @DisplayName("20 of them, 100 MiB, in 192 MiB")
  void few() throws Exception {
    runToTheEnd(20, 5 << 10, "-Xmx192m");
  }

  @Test
  @Tag("endurance")
  @DisplayName("200 of them, 1 GiB, in 1 GiB")
  void all() throws Exception {
    runToTheEnd(200, (1 << 20) / 200 + 1, "-Xmx1g");
  }

  /** Each consumer has a topic of its own with that many records of 1 KiB. */
  private void runToTheEnd(int consumers, int each, String heap) throws Exception {
    var roots = Files.createDirectories(folder.toRealPath().resolve("out"));
    var value = new byte[BYTES];
    Arrays.fill(value, (byte) 'x');
    try (var outside = Outside.shared()) {
      var topics = IntStream.range(0, consumers).mapToObj(_ -> outside.topic(1)).toList();
      topics.forEach(topic -> outside.send(topic, value, each));
      long begun = System.nanoTime();
      try (var server = outside.server(folder, roots, heap + " -XX:+ExitOnOutOfMemoryError")) {
        for (var topic : topics) {
          server
              .api()
              .running(
                  outside.kafka.bootstrapServers(),
                  topic,
                  topic,
                  """
                  {"processor_type": "file_sink", "config": {"file_path": "%s"}}\
                  """
                      .formatted(roots.resolve(topic)),
                  "");
        }
        for (var topic : topics) {
          await().atMost(PATIENCE).until(() -> outside.committed(topic, topic, 1)[0] == each);
          assertEquals((long) each * (BYTES + 1), Files.size(roots.resolve(topic)));
        }
        assertFalse(server.output().contains("OutOfMemory"), server::output);
        LOG.info(
            "{} consumers, {} MiB in a heap of {}, {} s",
            consumers,
            ((long) consumers * each) >> 10,
            heap,
            (System.nanoTime() - begun) / 1_000_000_000);
      }
    }
  }
}
