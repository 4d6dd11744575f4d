package io.kafkafetch.adapter.processors.file;

import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.Outcome;
import io.kafkafetch.domain.processor.PartitionSink;
import io.kafkafetch.domain.processor.Progress;
import io.kafkafetch.domain.processor.RecordBatch;
import java.util.Optional;

/** A partition's end of a file, at least once. */
final class SharedFileSink implements PartitionSink {
  private final SharedFile file;
  private final Writing writing;
  private final Runnable giveBack;
  private final Unflushed unflushed = new Unflushed();

  SharedFileSink(SharedFile file, Writing writing, Runnable giveBack) {
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
    unflushed.clear();
  }

  @Override
  public Outcome deliver(RecordBatch batch) {
    return file.append(batch, writing, unflushed);
  }

  @Override
  public Optional<Cause> flush() {
    return file.flush(unflushed, writing);
  }

  @Override
  public void close() {
    giveBack.run();
  }
}
