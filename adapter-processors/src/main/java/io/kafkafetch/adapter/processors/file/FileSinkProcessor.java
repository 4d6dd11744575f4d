package io.kafkafetch.adapter.processors.file;

import io.kafkafetch.adapter.processors.file.Roots.OutsideRoots;
import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.Opening;
import io.kafkafetch.domain.processor.Processor;
import io.kafkafetch.domain.processor.SourcePartition;
import java.io.IOException;
import java.nio.file.Path;

/** Hands out a file's end for each partition. */
final class FileSinkProcessor implements Processor {
  private final FileSinkConfig config;
  private final Roots roots;
  private final SharedFiles files;
  private final Disk disk;

  FileSinkProcessor(FileSinkConfig config, Roots roots, SharedFiles files, Disk disk) {
    this.config = config;
    this.roots = roots;
    this.files = files;
    this.disk = disk;
  }

  @Override
  public Opening open(SourcePartition partition) {
    var path = config.path().forPartition(partition);
    try {
      var real = roots.locate(path).path();
      var file = files.borrow(real, () -> new SharedFile(disk, roots, path));
      return new Opening.Opened(
          new SharedFileSink(files, real, file, config.lines(), config.fsync()));
    } catch (OutsideRoots e) {
      return new Opening.Refused(new Cause.Fatal(path + " " + e.sentence()));
    } catch (IOException e) {
      return new Opening.Refused(new Cause.Transient(Reasons.of(Path.of(path), e)));
    }
  }

  @Override
  public void close() {
    // Every sink gives back its own file.
  }
}
