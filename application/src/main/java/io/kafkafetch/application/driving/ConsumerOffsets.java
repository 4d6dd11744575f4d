package io.kafkafetch.application.driving;

import io.kafkafetch.domain.lag.PartitionLag;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Where a consumer's group is in its topic, and moving it. Methods throw {@link Refusal.NotFound}
 * when there is no such consumer or its topic is not there.
 */
public interface ConsumerOffsets {
  /** Where the group is, by partition. */
  Positions positions(String id);

  /**
   * Where a consumer's group is.
   *
   * @param partitions every partition that the topic has
   */
  record Positions(String topic, String group, SortedMap<Integer, PartitionLag> partitions) {}

  /**
   * What a move would do. Changes nothing, also while the consumer runs.
   *
   * @throws Refusal.Invalid for partitions that are not there and offsets that the log does not
   *     hold
   */
  OffsetPlan plan(String id, OffsetMove move);

  /**
   * Moves the group. Sinks take what is read again for a wanted replay, not for duplicates.
   *
   * @param token of the plan that the caller has seen, if any
   * @throws Refusal.Conflict when the consumer is ACTIVE, when its group still has members, or when
   *     something has moved since the plan was made
   */
  OffsetPlan move(String id, OffsetMove move, Optional<String> token);
}
