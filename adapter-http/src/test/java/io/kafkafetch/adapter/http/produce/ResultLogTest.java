package io.kafkafetch.adapter.http.produce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.driving.Receipt;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ResultLogTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ResultLog log = new ResultLog(new ResultBudget());
  private final ResultPacker packer = new ResultPacker(log);

  @Test
  void aMillionResultsOfSixPartitionsFindRoomThoughTheyComeOneByOne() {
    assertTimeoutPreemptively(
        PATIENCE,
        () -> {
          for (int i = 0; i < 1_000_000; i++) {
            packer.written("orders", new Receipt(i % 6, i / 6, 0));
            packer.handOver();
          }
          log.end();
        });

    var lines = written();
    assertEquals(1_000_000, lines.length);
    assertTrue(lines[0].contains("\"partition\":0,\"offset\":0,"), lines[0]);
    assertTrue(lines[999_999].contains("\"partition\":3,\"offset\":166666,"), lines[999_999]);
  }

  private String[] written() {
    var out = new ByteArrayOutputStream();
    assertTimeoutPreemptively(PATIENCE, () -> new ResultLines(out, log).writeAll());
    return out.toString(UTF_8).split("\n");
  }
}
