package io.kafkafetch.domain.processor;

/** What became of a batch that a sink was given. */
public sealed interface Outcome {
  /** Every record of the batch is in the sink. */
  Outcome DELIVERED = new Delivered();

  /** Every record of the batch is in the sink. */
  record Delivered() implements Outcome {}

  /**
   * The sink stopped early.
   *
   * @param delivered how many records, from the batch's first, are in the sink; the next one is the
   *     one that {@code cause} speaks of. Of the records after it nothing is promised: a sink that
   *     took some of them remembers that itself.
   */
  record Stopped(int delivered, Cause cause) implements Outcome {
    public Stopped {
      if (delivered < 0) {
        throw new IllegalArgumentException("Delivered is not negative: " + delivered);
      }
    }
  }

  /** The sink stopped before record {@code delivered}, because. */
  static Outcome stopped(int delivered, Cause cause) {
    return new Stopped(delivered, cause);
  }
}
