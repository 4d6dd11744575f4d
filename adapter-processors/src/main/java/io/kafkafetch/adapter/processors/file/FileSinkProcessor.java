package io.kafkafetch.adapter.processors.file;

import io.kafkafetch.adapter.processors.file.Roots.OutsideRoots;
import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.Opening;
import io.kafkafetch.domain.processor.Processor;
import io.kafkafetch.domain.processor.ProcessorContext;
import io.kafkafetch.domain.processor.SourcePartition;
import java.io.IOException;
import java.nio.file.Path;

/** Hands out a file's end for each partition. */
final class FileSinkProcessor implements Processor {
  private final ProcessorContext context;
  private final FileSinkConfig config;
  private final Roots roots;
  private final OpenFiles files;
  private final Disk disk;
  private final Compressor compressor;

  FileSinkProcessor(ProcessorContext context, OpenFiles files, Disk disk, Compressor compressor) {
    this.context = context;
    this.config = FileSinkConfig.of(context.config());
    this.roots = Roots.of(context.environment());
    this.files = files;
    this.disk = disk;
    this.compressor = compressor;
  }

  @Override
  public Opening open(SourcePartition partition) {
    return open(partition, this::claim);
  }

  /** Beside whoever delivers to an exactly-once file in this process: it takes turns with them. */
  @Override
  public Opening openToRedeliver(SourcePartition partition) {
    return open(
        partition,
        (_, file, giveBack) ->
            new Opening.Opened(new RedeliveringFileSink(file, config.writing(), giveBack)));
  }

  /** How an end of an exactly-once file is opened. */
  private interface ExactEnd {
    Opening of(SourcePartition partition, ExactFile file, Runnable giveBack);
  }

  private Opening open(SourcePartition partition, ExactEnd exactEnd) {
    var path = config.path().forPartition(partition);
    try {
      return open(partition, new Naming(roots.locate(path).path()), exactEnd);
    } catch (OutsideRoots e) {
      return new Opening.Refused(new Cause.Fatal(path + " " + e.sentence()));
    } catch (IOException e) {
      return new Opening.Refused(new Cause.Transient(Reasons.of(Path.of(path), e)));
    }
  }

  private Opening open(SourcePartition partition, Naming naming, ExactEnd exactEnd) {
    var writer = files.borrow(naming, () -> writer(naming));
    Runnable giveBack = () -> files.giveBack(naming);
    boolean opened = false;
    try {
      var opening =
          switch (writer) {
            case SharedFile shared when !config.exactlyOnce() ->
                new Opening.Opened(new SharedFileSink(shared, config.writing(), giveBack));
            case ExactFile exact when config.exactlyOnce() && exact.owner().equals(owner()) ->
                exactEnd.of(partition, exact, giveBack);
            case SharedFile _, ExactFile _ -> inUse(naming);
          };
      opened = opening instanceof Opening.Opened;
      return opening;
    } finally {
      if (!opened) {
        giveBack.run();
      }
    }
  }

  private FileWriter writer(Naming naming) {
    var clock = context.environment().clock();
    return config.exactlyOnce()
        ? new ExactFile(owner(), disk, roots, naming, clock, compressor)
        : new SharedFile(disk, roots, naming, clock, compressor);
  }

  private Opening claim(SourcePartition partition, ExactFile file, Runnable giveBack) {
    var key = ProgressKey.of(partition, context.group(), context.processorId());
    return switch (file.claim(key, config.writing())) {
      case ExactFile.Claim.Taken taken ->
          new Opening.Opened(new ExactFileSink(file, taken.progress(), config.writing(), giveBack));
      case ExactFile.Claim.Refused refused -> new Opening.Refused(refused.cause());
    };
  }

  private static Opening inUse(Naming naming) {
    return new Opening.Refused(
        new Cause.Transient(
            naming.series()
                + ": another processor of this server writes to it, and one of both asks for "
                + FileSinkConfig.EXACTLY_ONCE));
  }

  private String owner() {
    return context.consumerId() + "/" + context.processorId();
  }

  @Override
  public void close() {
    // Every sink gives back its own file.
  }
}
