package io.kafkafetch.adapter.processors.file;

import io.kafkafetch.domain.processor.ConfigField;
import io.kafkafetch.domain.processor.ConfigSchema;
import io.kafkafetch.domain.processor.FieldType;
import io.kafkafetch.domain.processor.ProcessorConfig;
import java.util.List;
import java.util.Locale;

/** What a {@code file_sink} is asked to do. */
record FileSinkConfig(PathTemplate path, Fsync fsync) {
  static final String FILE_PATH = "file_path";
  static final String FSYNC = "fsync";

  private static final int LONGEST_PATH = 1024;

  static final ConfigSchema SCHEMA =
      ConfigSchema.of(
          ConfigField.required(
              FILE_PATH,
              new FieldType.Text(LONGEST_PATH),
              "The file to append to, under one of the server's FILE_SINK_ROOTS; may contain"
                  + " {topic}, {partition} and {date} (UTC, of the moment of writing)"),
          ConfigField.withDefault(
              FSYNC,
              new FieldType.Choice(List.of("commit", "never")),
              "commit",
              "Whether lines are forced to disk before each commit, or left to the operating"
                  + " system, which loses some when the machine crashes"));

  static FileSinkConfig of(ProcessorConfig config) {
    return new FileSinkConfig(
        new PathTemplate(config.text(FILE_PATH)),
        Fsync.valueOf(config.text(FSYNC, "commit").toUpperCase(Locale.ROOT)));
  }

  /** How records become lines. */
  LineFormat lines() {
    return new ValueLines();
  }
}
