package io.kafkafetch.application.driving;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Where a session is.
 *
 * @param partitions each assigned partition, sorted
 * @param assignment the same partitions by topic
 */
public record SessionPositions(
    Map<PartitionId, Place> partitions, Map<String, List<Integer>> assignment) {
  /**
   * Where it is in a partition.
   *
   * @param position the next offset to be answered; empty while it is not known yet
   * @param lag how many offsets are still to be answered; empty while Kafka does not tell
   */
  public record Place(OptionalLong position, OptionalLong lag) {}
}
