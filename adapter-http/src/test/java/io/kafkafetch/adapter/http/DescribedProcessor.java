package io.kafkafetch.adapter.http;

import io.kafkafetch.domain.processor.ConfigField;
import io.kafkafetch.domain.processor.ConfigSchema;
import io.kafkafetch.domain.processor.FieldType;
import io.kafkafetch.domain.processor.Processor;
import io.kafkafetch.domain.processor.ProcessorContext;
import io.kafkafetch.domain.processor.ProcessorFactory;
import io.kafkafetch.domain.processor.ProcessorPlan;
import io.kafkafetch.domain.processor.Redaction;
import io.kafkafetch.domain.processor.Violation;
import java.util.List;

/** A type of processor that can be asked for, but is never opened. */
record DescribedProcessor(String type, String description, ConfigSchema schema)
    implements ProcessorFactory {
  static final DescribedProcessor FILE_SINK =
      new DescribedProcessor(
          "file_sink",
          "Writes records to files.",
          ConfigSchema.of(
              ConfigField.required("file_path", new FieldType.Text(4096), "The file."),
              ConfigField.withDefault(
                  "format", new FieldType.Choice(List.of("value", "json")), "value", "A line."),
              ConfigField.optional("rotate_bytes", new FieldType.Whole(1024, 1L << 40), "When."),
              ConfigField.withDefault("exactly_once", new FieldType.Flag(), false, "No twins."),
              ConfigField.optional("labels", new FieldType.Texts(2, 8), "Added to each line.")));
  static final DescribedProcessor DATABASE_SYNC =
      new DescribedProcessor(
          "database_sync",
          "Inserts records into a table.",
          ConfigSchema.of(
              ConfigField.required("db_dsn", new FieldType.Text(4096), "The database.")
                  .secret(Redaction.URL_PASSWORD)));

  @Override
  public List<Violation> validate(ProcessorPlan plan) {
    return List.of();
  }

  @Override
  public Processor open(ProcessorContext context) {
    throw new IllegalStateException("Nothing was started");
  }
}
