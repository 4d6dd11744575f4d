package io.kafkafetch.adapter.processors.file;

import io.kafkafetch.domain.processor.ConfigSchema;
import io.kafkafetch.domain.processor.Processor;
import io.kafkafetch.domain.processor.ProcessorContext;
import io.kafkafetch.domain.processor.ProcessorFactory;
import io.kafkafetch.domain.processor.ProcessorPlan;
import io.kafkafetch.domain.processor.ResourceClaim;
import io.kafkafetch.domain.processor.SinkCheck;
import io.kafkafetch.domain.processor.Violation;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Writes records to files as lines. */
public final class FileSinkFactory implements ProcessorFactory {
  private static final int IDLE_SECONDS = 30;

  /** Writers of one file have to meet, whoever made the factory they came from. */
  private static final OpenFiles FILES_OF_THIS_PROCESS = new OpenFiles();

  /** Compressing is to take at most one core, however many files are finished at once. */
  private static final Compressor COMPRESSOR_OF_THIS_PROCESS =
      new Compressor(
          Disk.REAL,
          new ThreadPoolExecutor(
              0,
              1,
              IDLE_SECONDS,
              TimeUnit.SECONDS,
              new LinkedBlockingQueue<>(),
              Thread.ofPlatform().daemon().name("file-sink-gzip").factory()));

  private final OpenFiles files;
  private final Disk disk;
  private final Compressor compressor;

  /** The one that {@link java.util.ServiceLoader} makes. */
  public FileSinkFactory() {
    this(FILES_OF_THIS_PROCESS, Disk.REAL, COMPRESSOR_OF_THIS_PROCESS);
  }

  FileSinkFactory(OpenFiles files, Disk disk, Compressor compressor) {
    this.files = files;
    this.disk = disk;
    this.compressor = compressor;
  }

  @Override
  public String type() {
    return "file_sink";
  }

  @Override
  public String description() {
    return "Appends records to files, a line each";
  }

  @Override
  public ConfigSchema schema() {
    return FileSinkConfig.SCHEMA;
  }

  @Override
  public List<Violation> validate(ProcessorPlan plan) {
    return new FileSinkPlan(plan).violations();
  }

  @Override
  public List<SinkCheck> check(ProcessorPlan plan) {
    return new FileSinkPlan(plan).checks();
  }

  @Override
  public List<ResourceClaim> claims(ProcessorPlan plan) {
    return new FileSinkPlan(plan).claims();
  }

  @Override
  public Processor open(ProcessorContext context) {
    return new FileSinkProcessor(context, files, disk, compressor);
  }
}
