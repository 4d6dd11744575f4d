package io.kafkafetch.domain.lag;

import java.util.OptionalLong;

/**
 * How far a group is behind in one partition.
 *
 * @param committedOffset the next record that the group will read; empty when it never committed
 * @param logStartOffset the oldest record there is
 * @param logEndOffset one past the newest record
 */
public record PartitionLag(OptionalLong committedOffset, long logStartOffset, long logEndOffset) {
  /**
   * The records still to be read, never negative. Without a committed offset, and where the
   * committed one was deleted, it counts from the log start.
   */
  public long lag() {
    long next = Math.max(committedOffset.orElse(logStartOffset), logStartOffset);
    return Math.max(0, logEndOffset - next);
  }
}
