package io.kafkafetch.benchmarks.question;

import java.util.Arrays;

/** How long something takes when it is done often. */
final class Timing {
  private Timing() {}

  /** Something that is timed. */
  @FunctionalInterface
  interface Work {
    void run(int number) throws Exception;
  }

  /** The median in milliseconds. */
  static double median(int times, Work work) throws Exception {
    var took = new long[times];
    for (int i = 0; i < times; i++) {
      long begun = System.nanoTime();
      work.run(i);
      took[i] = System.nanoTime() - begun;
    }
    Arrays.sort(took);
    return took[times / 2] / 1e6;
  }
}
