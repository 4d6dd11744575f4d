package io.kafkafetch.application.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A latency histogram")
class LatencyHistogramTest {
  private final LatencyHistogram histogram = new LatencyHistogram();

  @Test
  @DisplayName("puts each time into the first bucket that is long enough")
  void buckets() {
    histogram.record(0);
    histogram.record(500_000);
    histogram.record(500_001);
    histogram.record(60_000_000_000L);
    histogram.record(60_000_000_001L);

    var counts = histogram.counts();
    assertEquals(LatencyHistogram.bounds().size() + 1, counts.size());
    assertEquals(List.of(2L, 1L), counts.subList(0, 2));
    assertEquals(List.of(1L, 1L), counts.subList(counts.size() - 2, counts.size()));
    assertEquals(5, counts.stream().mapToLong(Long::longValue).sum());
    assertEquals(120.001000002, histogram.seconds(), 1e-9);
  }

  @Test
  @DisplayName("has its buckets in order")
  void order() {
    var sorted = new ArrayList<>(LatencyHistogram.bounds());
    Collections.sort(sorted);

    assertEquals(sorted, LatencyHistogram.bounds());
  }
}
