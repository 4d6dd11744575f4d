package io.kafkafetch.application.driving;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What moving a consumer's offsets does, or did.
 *
 * @param token stands for all that the plan was made from; other commits or another log make
 *     another one
 * @param obstacle why it cannot be carried out now, in a sentence; empty when it can, or was
 * @param partitions in order
 */
public record OffsetPlan(
    String token, Optional<String> obstacle, List<PartitionMove> partitions, boolean applied) {
  public OffsetPlan {
    partitions = List.copyOf(partitions);
  }

  /**
   * One partition's move.
   *
   * @param from what the group has committed; empty when it has not
   * @param to what it will have committed
   * @param replayed offsets that will be read again
   * @param skipped offsets that will never be read
   */
  public record PartitionMove(
      int partition, OptionalLong from, long to, long replayed, long skipped) {}
}
