package io.kafkafetch.domain.processor;

/**
 * One processor of one member of a running consumer. It is opened once per member and hands out a
 * {@link PartitionSink} for each partition that the member is assigned; several of them may be in
 * use at once, by different threads.
 */
public interface Processor extends AutoCloseable {
  /** Opens this processor's end of a partition. May block for a bounded time. */
  Opening open(SourcePartition partition);

  /**
   * Opens an end of a partition through which dead letters are redelivered, and nothing else: after
   * {@link PartitionSink#begin} only {@link PartitionSink#redeliver}, {@link PartitionSink#flush}
   * and {@link PartitionSink#close} are called. It is open beside the end that takes the
   * partition's new records, in this process or another, and must neither disturb it nor move its
   * progress.
   */
  default Opening openToRedeliver(SourcePartition partition) {
    return open(partition);
  }

  /** Frees what all sinks share. Called after all of them were closed. Does not throw. */
  @Override
  void close();
}
