package io.kafkafetch.application.driven;

import io.kafkafetch.domain.consumer.ClusterAddress;

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

  /** Whether the server's own cluster answers, found out within a bounded time. */
  boolean isReachable();

  @Override
  void close();
}
