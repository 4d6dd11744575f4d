package io.kafkafetch.domain.processor;

/**
 * One processor of one member of a running consumer. It is opened once per member and hands out a
 * {@link PartitionSink} for each partition that the member is assigned; several of them may be in
 * use at once, by different threads.
 */
public interface Processor extends AutoCloseable {
  /** Opens this processor's end of a partition. May block for a bounded time. */
  Opening open(SourcePartition partition);

  /** Frees what all sinks share. Called after all of them were closed. Does not throw. */
  @Override
  void close();
}
