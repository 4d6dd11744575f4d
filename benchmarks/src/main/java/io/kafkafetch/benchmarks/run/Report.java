package io.kafkafetch.benchmarks.run;

import java.util.List;

/**
 * The answer to a question.
 *
 * @param settings what it was measured with, a sentence each
 */
public record Report(
    String question, List<String> settings, List<Series> series, List<Comparison> comparisons) {

  Series find(String name) {
    return series.stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("Nobody called " + name + " took part"));
  }
}
