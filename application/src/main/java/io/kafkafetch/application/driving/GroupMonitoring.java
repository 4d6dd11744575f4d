package io.kafkafetch.application.driving;

import io.kafkafetch.domain.consumer.ClusterAddress;
import io.kafkafetch.domain.lag.CommittedOffset;
import io.kafkafetch.domain.lag.PartitionLag;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where consumer groups read, and how far behind they are. {@code bootstrapServers} names a cluster
 * as {@code host:port,host:port}; when empty, the server's own is meant.
 */
public interface GroupMonitoring {
  /** The groups of this server's consumers, or all that the cluster knows; each once, sorted. */
  List<String> groups(boolean all, Optional<String> bootstrapServers);

  /**
   * What a group has committed, by topic and partition.
   *
   * @throws Refusal.NotFound when the group is unknown or has committed nothing
   */
  SortedMap<String, SortedMap<Integer, CommittedOffset>> offsets(
      String group, Optional<String> bootstrapServers);

  /**
   * How far a group is behind in each partition of a topic.
   *
   * @throws Refusal.NotFound when there is no such topic, or the group has no offsets for it
   */
  SortedMap<Integer, PartitionLag> lag(
      String group, String topic, Optional<String> bootstrapServers);

  /**
   * How far many groups are behind.
   *
   * @param groups which; empty for those of this server's consumers: of the cluster that is named,
   *     or each of the cluster that its consumer names, where none is
   * @param seconds whether lag is also estimated in time
   * @throws Refusal.NotFound when groups are named and none of them has committed anything
   */
  List<GroupLag> lags(List<String> groups, boolean seconds, Optional<String> bootstrapServers);

  /**
   * How far one group is behind.
   *
   * @param cluster where the group is
   * @param topics by topic and partition; empty for a group that has committed nothing
   * @param error why nothing is known, where the cluster did not answer
   */
  record GroupLag(
      String group,
      ClusterAddress cluster,
      SortedMap<String, SortedMap<Integer, TimedLag>> topics,
      Optional<String> error) {
    /** What a cluster answered. */
    public static GroupLag of(
        String group,
        ClusterAddress cluster,
        SortedMap<String, SortedMap<Integer, TimedLag>> topics) {
      return new GroupLag(group, cluster, topics, Optional.empty());
    }

    /** A group whose cluster did not answer. */
    public static GroupLag unknown(String group, ClusterAddress cluster, String error) {
      return new GroupLag(group, cluster, new TreeMap<>(), Optional.of(error));
    }

    /**
     * Records still to be read, in all; empty for a group that has committed nothing, or of which
     * nothing is known.
     */
    public OptionalLong total() {
      return topics.isEmpty()
          ? OptionalLong.empty()
          : OptionalLong.of(
              topics.values().stream()
                  .flatMap(partitions -> partitions.values().stream())
                  .mapToLong(timed -> timed.lag().lag())
                  .sum());
    }
  }

  /**
   * How far a group is behind in one partition.
   *
   * @param seconds how old the next record to be read is; zero where nothing is left, empty where
   *     that was not asked or could not be found out
   * @param method how the seconds were found: {@code caught_up}, {@code record_timestamp} or {@code
   *     unknown}
   */
  record TimedLag(PartitionLag lag, OptionalDouble seconds, String method) {}
}
