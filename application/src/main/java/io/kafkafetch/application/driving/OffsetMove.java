package io.kafkafetch.application.driving;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where somebody wants a group to go on reading.
 *
 * @param to where
 * @param partitions which partitions; empty for all, or for those that {@code to} names
 */
public record OffsetMove(Target to, Optional<SortedSet<Integer>> partitions) {
  public OffsetMove {
    partitions = partitions.map(TreeSet::new);
  }

  /** A place in each partition. */
  public sealed interface Target {
    /** The oldest record there is. */
    record Earliest() implements Target {}

    /** One past the newest record. */
    record Latest() implements Target {}

    /** The first record at or after that time; the end where all are older. */
    record AtTime(Instant time) implements Target {}

    /** So many offsets further, or back when negative; not beyond what the log holds. */
    record Shift(long offsets) implements Target {}

    /** These offsets, by partition. */
    record Offsets(SortedMap<Integer, Long> byPartition) implements Target {
      public Offsets {
        byPartition = new TreeMap<>(byPartition);
      }
    }
  }
}
