package io.kafkafetch.application.driving;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Looking into the server's own cluster without being a member of any group. */
public interface TopicBrowsing {
  /** A topic and how many partitions it has. */
  record Topic(String name, int partitions) {}

  /**
   * All topics but Kafka's internal ones, sorted.
   *
   * @throws Refusal.Unavailable when Kafka cannot be reached
   */
  List<Topic> topics();

  /**
   * The newest records, oldest first; those of a partition in their order. Takes some 10 s at most;
   * what is found by then is the answer.
   *
   * @param partition one only, or all of them
   * @param limit at least 1
   * @throws Refusal.NotFound when there is no such topic
   * @throws Refusal.Invalid when there is no such partition
   * @throws Refusal.TooMany when as many are looking as there is room for
   * @throws Refusal.Unavailable when Kafka cannot be reached
   */
  List<ReadRecord> newest(String topic, OptionalInt partition, int limit);

  /**
   * Records from a place on, or from the oldest that is still there.
   *
   * @throws Refusal as {@link #newest} does
   */
  List<ReadRecord> from(String topic, int partition, long offset, int limit);

  /**
   * Follows a topic.
   *
   * @param positions the next offset of each partition, where an earlier tail ended; a partition
   *     that is not in it is read from its beginning. The end of the log when empty
   * @throws Refusal as {@link #newest} does
   */
  Tail tail(String topic, Optional<Map<Integer, Long>> positions);

  /** A live tail. Belongs to one thread. */
  interface Tail extends AutoCloseable {
    /**
     * Waits for what comes.
     *
     * @throws Refusal.Unavailable when the server stops, Refusal.NotFound when the topic is gone
     */
    News next(Duration wait);

    /** The next offset of each partition. */
    Map<Integer, Long> positions();

    @Override
    void close();
  }

  /**
   * What came.
   *
   * @param gaps records that were deleted before they were read
   */
  record News(List<Gap> gaps, List<ReadRecord> records) {}

  /** Offsets of a partition that were deleted, {@code to} not included. */
  record Gap(int partition, long from, long to) {}
}
