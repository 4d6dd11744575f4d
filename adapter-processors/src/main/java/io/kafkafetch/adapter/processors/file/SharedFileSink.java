package io.kafkafetch.adapter.processors.file;

import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.Outcome;
import io.kafkafetch.domain.processor.PartitionSink;
import io.kafkafetch.domain.processor.Progress;
import io.kafkafetch.domain.processor.RecordBatch;
import java.nio.file.Path;
import java.util.Optional;

/** A partition's end of a file, at least once. */
final class SharedFileSink implements PartitionSink {
  private final SharedFiles files;
  private final Path real;
  private final SharedFile file;
  private final LineFormat format;
  private final Fsync fsync;
  private final Unflushed unflushed = new Unflushed();

  SharedFileSink(SharedFiles files, Path real, SharedFile file, LineFormat format, Fsync fsync) {
    this.files = files;
    this.real = real;
    this.file = file;
    this.format = format;
    this.fsync = fsync;
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
    return file.append(batch, format, unflushed);
  }

  @Override
  public Optional<Cause> flush() {
    return file.flush(unflushed, fsync);
  }

  @Override
  public void close() {
    files.giveBack(real);
  }
}
