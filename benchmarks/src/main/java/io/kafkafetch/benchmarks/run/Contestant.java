package io.kafkafetch.benchmarks.run;

import io.kafkafetch.benchmarks.process.Usage;

/**
 * One who does the work, round after round.
 *
 * @param unit what its figure counts, such as {@code records/s}
 * @param process whose CPU seconds and memory are shown
 */
public record Contestant(String name, Role role, String unit, Usage process, Pass pass) {
  /** One round of the work. */
  @FunctionalInterface
  public interface Pass {
    /**
     * Does the work once.
     *
     * @param round 0 for the one that does not count
     * @return the figure
     */
    double run(int round) throws Exception;
  }
}
