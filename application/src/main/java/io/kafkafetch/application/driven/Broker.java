package io.kafkafetch.application.driven;

/** Kafka, behind one door. */
public interface Broker extends AutoCloseable {
  /** Members of consumer groups. */
  Members members();

  /** Readers on behalf of HTTP sessions, of the server's own cluster. */
  SessionReaders sessions();

  /** Dead-letter topics. */
  DeadLetters deadLetters();

  /** Whether the server's own cluster answers, found out within a bounded time. */
  boolean isReachable();

  @Override
  void close();
}
