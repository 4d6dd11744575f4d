package io.kafkafetch.application.driving;

/** How this server itself is; one bad consumer never makes it unwell. */
public interface ServerHealth {
  /** Whether the server's own Kafka cluster answers, found out within a bounded time. */
  boolean kafkaConnected();

  /** Whether the database answers, found out within a bounded time. */
  boolean databaseConnected();
}
