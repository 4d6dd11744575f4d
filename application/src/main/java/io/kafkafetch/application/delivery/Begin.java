package io.kafkafetch.application.delivery;

import io.kafkafetch.domain.processor.Cause;

/** What came of opening all processors for a partition. */
public sealed interface Begin {
  /**
   * All are open.
   *
   * @param position read from here
   * @param generation commit this offset under this replay generation before the first record is
   *     delivered, and every later offset under the same
   */
  record At(long position, long generation) implements Begin {}

  /** The partition was given up from outside. */
  record Abandoned() implements Begin {}

  /** A processor cannot be opened, and only a person can mend that. */
  record Halted(Cause cause) implements Begin {}
}
