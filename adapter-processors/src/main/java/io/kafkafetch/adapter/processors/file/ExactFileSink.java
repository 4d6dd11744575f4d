package io.kafkafetch.adapter.processors.file;

import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.Outcome;
import io.kafkafetch.domain.processor.PartitionSink;
import io.kafkafetch.domain.processor.Progress;
import io.kafkafetch.domain.processor.RecordBatch;
import java.util.Optional;

/** A partition's end of a file, exactly once. */
final class ExactFileSink implements PartitionSink {
  private final ExactFile file;
  private final PartitionProgress progress;
  private final Writing writing;
  private final Runnable giveBack;

  ExactFileSink(ExactFile file, PartitionProgress progress, Writing writing, Runnable giveBack) {
    this.file = file;
    this.progress = progress;
    this.writing = writing;
    this.giveBack = giveBack;
  }

  @Override
  public Optional<Progress> remembered() {
    return file.reading(progress::durable);
  }

  @Override
  public void begin(Progress start) {
    file.changing(() -> progress.begin(start));
  }

  @Override
  public Outcome deliver(RecordBatch batch) {
    return file.append(progress, batch, writing);
  }

  @Override
  public Outcome redeliver(RecordBatch batch) {
    return file.appendAgain(batch, writing);
  }

  @Override
  public Optional<Cause> flush() {
    return file.flush(progress);
  }

  @Override
  public void skipTo(long nextOffset) {
    file.changing(() -> progress.skipTo(nextOffset));
  }

  @Override
  public void close() {
    file.changing(progress::close);
    giveBack.run();
  }
}
