package io.kafkafetch.adapter.processors.file;

import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.Outcome;
import io.kafkafetch.domain.processor.PartitionSink;
import io.kafkafetch.domain.processor.Progress;
import io.kafkafetch.domain.processor.RecordBatch;
import java.util.Optional;

/**
 * An end of an exactly-once file that takes dead letters alone. It claims no partition, so that it
 * can be open beside the one that takes new records.
 */
final class RedeliveringFileSink implements PartitionSink {
  private final ExactFile file;
  private final Writing writing;
  private final Runnable giveBack;

  RedeliveringFileSink(ExactFile file, Writing writing, Runnable giveBack) {
    this.file = file;
    this.writing = writing;
    this.giveBack = giveBack;
  }

  @Override
  public Optional<Progress> remembered() {
    return Optional.empty();
  }

  @Override
  public void begin(Progress start) {
    // The progress of the partition is not its business.
  }

  @Override
  public Outcome deliver(RecordBatch batch) {
    throw new IllegalStateException("Only dead letters are delivered here");
  }

  @Override
  public Outcome redeliver(RecordBatch batch) {
    return file.appendAgain(batch, writing);
  }

  /** The watermark covers each redelivery as it returns. */
  @Override
  public Optional<Cause> flush() {
    return Optional.empty();
  }

  @Override
  public void close() {
    giveBack.run();
  }
}
