package io.kafkafetch.application.driven;

import io.kafkafetch.domain.consumer.ClusterAddress;
import io.kafkafetch.domain.processor.RecordBatch;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What is in dead-letter topics, read outside any group. Every call has a time limit. Methods throw
 * {@link io.kafkafetch.application.driving.Refusal}: {@code Unavailable}, {@code Forbidden} or, for
 * more readers at once than are served, {@code TooMany}.
 */
public interface DeadLetterTopics {
  /** The topic as it is now; empty when there is none of that name. */
  Optional<Extent> extent(ClusterAddress cluster, String topic);

  /** Opens a reader of one topic, for one thread at a time. Close it. */
  Reader open(ClusterAddress cluster, String topic, String topicId);

  /** Deletes the records of a partition that lie before an offset. */
  void deleteBefore(ClusterAddress cluster, String topic, int partition, long offset);

  /**
   * How far a topic reaches.
   *
   * @param topicId the id of this incarnation (KIP-516)
   * @param partitions by number, each with its oldest offset and one past its newest
   */
  record Extent(String topicId, SortedMap<Integer, ClusterGroups.LogRange> partitions) {}

  /** Reads records where it is told to. */
  interface Reader extends AutoCloseable {
    /**
     * Reads on in a partition.
     *
     * @param from the first offset that is wanted
     * @param end the first offset that is not
     * @param atMost waits no longer than that
     */
    Chunk read(int partition, long from, long end, Duration atMost);

    @Override
    void close();
  }

  /**
   * A part of a partition.
   *
   * @param records a few hundred and a few MiB at most (one record of any size always fits); empty
   *     when nothing readable was found in time
   * @param next the first offset that was not looked at
   */
  record Chunk(Optional<RecordBatch> records, long next) {}
}
