package io.kafkafetch.domain.processor;

/**
 * The simplest processor there is, for a lambda: it takes batches, has no configuration and
 * remembers nothing, so that delivery through it is at least once. It is called by one thread at a
 * time for each partition, and by several at once for several partitions.
 */
@FunctionalInterface
public interface BatchHandler {
  /**
   * Takes a batch, in order.
   *
   * @return {@link Outcome#DELIVERED} when all of it is where it shall be, as durable as it must be
   * @throws Exception to have the whole batch again later, with backoff; what is to become of a
   *     single record is told by {@link Outcome#stopped}
   */
  Outcome handle(RecordBatch batch) throws Exception;
}
