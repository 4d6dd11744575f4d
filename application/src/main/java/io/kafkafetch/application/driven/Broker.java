package io.kafkafetch.application.driven;

/** Kafka, behind one door. */
public interface Broker extends AutoCloseable {
  /** Members of consumer groups. */
  Members members();

  /** Dead-letter topics. */
  DeadLetters deadLetters();

  /** Writes records into the server's own cluster. */
  RecordPublisher records();

  /** Whether the server's own cluster answers, found out within a bounded time. */
  boolean isReachable();

  @Override
  void close();
}
