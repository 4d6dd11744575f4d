package io.kafkafetch.application.driven;

import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.domain.consumer.ClusterAddress;
import java.time.Duration;

/** Kafka, behind one door. */
public interface Broker extends AutoCloseable {
  /** Members of consumer groups. */
  Members members();

  /** Dead-letter topics. */
  DeadLetters deadLetters();

  /** What is in dead-letter topics. */
  DeadLetterTopics deadLetterTopics();

  /** Writes records into the server's own cluster. */
  RecordPublisher records();

  /** The consumer groups of any cluster. */
  ClusterGroups groups();

  /** The server's own cluster, for everything that names no other. */
  ClusterAddress ownCluster();

  /**
   * Reads the server's own cluster for those who look into it.
   *
   * @throws Refusal.Unavailable when this broker does not offer that
   */
  default TopicReader topics() {
    throw notOffered();
  }

  /** Reads the server's own cluster on behalf of groups; may refuse to read for any. */
  default RecordLender lender() {
    return _ -> {
      throw notOffered();
    };
  }

  /** Readers of the server's own cluster on behalf of sessions; may refuse to open any. */
  default SessionReaders sessions() {
    return _ -> {
      throw notOffered();
    };
  }

  private static Refusal notOffered() {
    return new Refusal.Unavailable(
        "This broker runs consumers, but lends no records to callers.", Duration.ofHours(1));
  }

  /** Whether the server's own cluster answers, found out within a bounded time. */
  boolean isReachable();

  @Override
  void close();
}
