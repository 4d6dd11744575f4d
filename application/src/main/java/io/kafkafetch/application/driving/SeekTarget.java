package io.kafkafetch.application.driving;

import java.time.Instant;

/** Where a session goes on reading a partition. */
public sealed interface SeekTarget {
  /** At that offset; one below the log start goes on at the log start. */
  record Offset(long offset) implements SeekTarget {}

  /** At the oldest record that is still there. */
  record Beginning() implements SeekTarget {}

  /** After the newest record. */
  record End() implements SeekTarget {}

  /** At the first record of that time or later; at the end when there is none. */
  record Since(Instant time) implements SeekTarget {}
}
