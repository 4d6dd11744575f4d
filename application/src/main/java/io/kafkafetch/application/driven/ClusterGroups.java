package io.kafkafetch.application.driven;

import io.kafkafetch.domain.consumer.ClusterAddress;
import io.kafkafetch.domain.lag.CommittedOffset;
import io.kafkafetch.domain.lag.TopicPartitionName;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The consumer groups of any cluster. Every question is one request per kind and broker, however
 * many groups or partitions it is about, and has a time limit. Methods throw {@link
 * io.kafkafetch.application.driving.Refusal}: {@code Unavailable}, {@code TimedOut}, {@code
 * Forbidden} or, for more clusters at once than are served, {@code TooMany}.
 */
public interface ClusterGroups {
  /** Asks one cluster several things over one connection. */
  <T> T ask(ClusterAddress cluster, Questions<T> questions);

  /** What is to be asked. */
  interface Questions<T> {
    /** Asks, and makes an answer of the answers. */
    T ask(Session session);
  }

  /** A cluster that answers. */
  interface Session {
    /** The ids of all groups that the cluster knows. */
    Set<String> groups();

    /** What each of these groups has committed; a group that committed nothing has an empty map. */
    Map<String, Map<TopicPartitionName, CommittedOffset>> committed(Collection<String> groups);

    /** How many partitions each of these topics has; topics that are not there are left out. */
    Map<String, Integer> partitions(Collection<String> topics);

    /**
     * The oldest and the newest offset of each partition; those that are not there are left out.
     */
    Map<TopicPartitionName, LogRange> logRanges(Collection<TopicPartitionName> partitions);

    /**
     * The timestamp of the first record at or after each of these offsets, as far as that is found
     * within the time limit; what is not found is left out.
     */
    Map<TopicPartitionName, Map<Long, Instant>> timestampsAt(
        Map<TopicPartitionName, Set<Long>> offsets);

    /** The first offset at or after that time; empty when all records are older. */
    Map<TopicPartitionName, Optional<Long>> offsetsAt(Map<TopicPartitionName, Instant> times);

    /** The members of a group, by their client ids and hosts; empty when none is left. */
    List<String> membersOf(String group);

    /** Sets what a group without members has committed. */
    void commit(String group, Map<TopicPartitionName, CommittedOffset> offsets);

    /** The id of each topic as it is now (KIP-516); topics that are not there are left out. */
    Map<String, String> topicIds(Collection<String> topics);
  }

  /**
   * What a partition holds.
   *
   * @param start the oldest offset
   * @param end one past the newest that a committed reader sees
   */
  record LogRange(long start, long end) {}
}
