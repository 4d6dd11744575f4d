package io.kafkafetch.adapter.processors.file;

import io.kafkafetch.adapter.processors.file.Roots.OutsideRoots;
import io.kafkafetch.domain.processor.ConfigSchema;
import io.kafkafetch.domain.processor.Processor;
import io.kafkafetch.domain.processor.ProcessorContext;
import io.kafkafetch.domain.processor.ProcessorFactory;
import io.kafkafetch.domain.processor.ProcessorPlan;
import io.kafkafetch.domain.processor.Violation;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes records to files as lines. */
public final class FileSinkFactory implements ProcessorFactory {
  private static final Logger log = LoggerFactory.getLogger(FileSinkFactory.class);

  /** Writers of one file have to meet, whoever made the factory they came from. */
  private static final SharedFiles FILES_OF_THIS_PROCESS = new SharedFiles();

  private final SharedFiles files;
  private final Disk disk;

  /** The one that {@link java.util.ServiceLoader} makes. */
  public FileSinkFactory() {
    this(FILES_OF_THIS_PROCESS, Disk.REAL);
  }

  FileSinkFactory(SharedFiles files, Disk disk) {
    this.files = files;
    this.disk = disk;
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
    var config = FileSinkConfig.of(plan.config());
    var malformed = config.path().violation();
    if (malformed.isPresent()) {
      return List.of(new Violation(FileSinkConfig.FILE_PATH, malformed.get()));
    }
    var path = config.path().forTopic(plan.topic());
    try {
      Roots.of(plan.environment()).locate(path);
      return List.of();
    } catch (OutsideRoots e) {
      return List.of(new Violation(FileSinkConfig.FILE_PATH, e.sentence()));
    } catch (IOException e) {
      // The same check is made again when the file is opened.
      log.debug("{} could not be looked at: {}", path, e.toString());
      return List.of();
    }
  }

  @Override
  public Processor open(ProcessorContext context) {
    return new FileSinkProcessor(
        FileSinkConfig.of(context.config()), Roots.of(context.environment()), files, disk);
  }
}
