package io.kafkafetch.benchmarks.limit;

import java.time.Duration;
import java.util.List;

/** {@code bootstrap topic group records}: reads a topic and looks at nothing; records a second. */
final class DiscardLoop {
  private DiscardLoop() {}

  static double run(List<String> words) {
    long records = Long.parseLong(words.get(3));
    try (var consumer = Consumers.open(words.get(0), words.get(1), words.get(2))) {
      long begun = 0;
      long first = 0;
      long done = 0;
      while (done < records) {
        done += consumer.poll(Duration.ofSeconds(1)).count();
        if (begun == 0 && done > 0) {
          begun = System.nanoTime();
          first = done;
        }
      }
      return (done - first) / ((System.nanoTime() - begun) / 1e9);
    }
  }
}
