package org.example.totals;

import io.kafkafetch.domain.processor.ConfigField;
import io.kafkafetch.domain.processor.ConfigSchema;
import io.kafkafetch.domain.processor.FieldType;
import io.kafkafetch.domain.processor.Processor;
import io.kafkafetch.domain.processor.ProcessorConfig;
import io.kafkafetch.domain.processor.ProcessorContext;
import io.kafkafetch.domain.processor.ProcessorEnvironment;
import io.kafkafetch.domain.processor.ProcessorFactory;
import io.kafkafetch.domain.processor.ProcessorPlan;
import io.kafkafetch.domain.processor.Violation;
import java.nio.file.Path;
import java.util.List;

/** The type {@code running_totals}: what it is called, what it accepts, how it is opened. */
public final class RunningTotalsFactory implements ProcessorFactory {
  private static final String FOLDER = "folder";
  private static final String SUM = "sum";
  private static final String GROUP_BY = "group_by";

  @Override
  public String type() {
    return "running_totals";
  }

  @Override
  public String description() {
    return "Adds up a number in the records of each partition, and keeps the totals in a JSON file.";
  }

  @Override
  public ConfigSchema schema() {
    return ConfigSchema.of(
        ConfigField.required(
            FOLDER,
            new FieldType.Text(1_000),
            "Where the files are kept, an absolute path under FILE_SINK_ROOTS."),
        ConfigField.required(
            SUM, new FieldType.Text(200), "The field of the record's JSON object to add up."),
        ConfigField.optional(
            GROUP_BY,
            new FieldType.Text(200),
            "A field by which to tell totals apart; without it there is one."));
  }

  /** What the schema cannot say. Whatever is wrong here is a 422 that names the field. */
  @Override
  public List<Violation> validate(ProcessorPlan plan) {
    return isAllowed(folder(plan.config()), plan.environment())
        ? List.of()
        : List.of(new Violation(FOLDER, "must be an absolute path under FILE_SINK_ROOTS"));
  }

  private static Path folder(ProcessorConfig config) {
    return Path.of(config.text(FOLDER)).normalize();
  }

  /** The server lets anybody who reaches its API name a folder, so not every folder will do. */
  private static boolean isAllowed(Path folder, ProcessorEnvironment environment) {
    for (var root : environment.setting("FILE_SINK_ROOTS").orElse("").split(",")) {
      if (!root.isBlank() && folder.startsWith(Path.of(root.strip()))) {
        return true;
      }
    }
    return false;
  }

  /** Called for each member of a running consumer; the trouble there is shows later. */
  @Override
  public Processor open(ProcessorContext context) {
    var config = context.config();
    var folder = folder(config).resolve(context.processorId());
    return new RunningTotals(folder, config.text(SUM), config.optionalText(GROUP_BY));
  }
}
