package io.kafkafetch.benchmarks.run;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** A contestant's rounds. */
public record Series(String name, Role role, String unit, List<Measure> measures) {
  /** The middle figure. */
  public double median() {
    return median(Measure::value);
  }

  /** The middle of the CPU seconds. */
  public double cpuSeconds() {
    return median(Measure::cpuSeconds);
  }

  /** The highest peak of all rounds. */
  public long peakBytes() {
    return measures.stream().mapToLong(Measure::peakBytes).max().orElse(0);
  }

  /** How far the rounds lie apart, as a part of their median. */
  public double spread() {
    var values = measures.stream().mapToDouble(Measure::value).summaryStatistics();
    return median() == 0 ? 0 : (values.getMax() - values.getMin()) / median();
  }

  private double median(ToDoubleFunction<Measure> part) {
    var sorted = measures.stream().mapToDouble(part).sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalStateException(name + " ran no round");
    }
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
