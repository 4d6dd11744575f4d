package io.kafkafetch.adapter.processors.file;

import io.kafkafetch.domain.processor.ConfigField;
import io.kafkafetch.domain.processor.ConfigSchema;
import io.kafkafetch.domain.processor.FieldType;
import io.kafkafetch.domain.processor.ProcessorConfig;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** What a {@code file_sink} is asked to do. */
record FileSinkConfig(PathTemplate path, boolean exactlyOnce, Writing writing) {
  static final String FILE_PATH = "file_path";
  static final String FORMAT = "format";
  static final String EXACTLY_ONCE = "exactly_once";
  static final String FSYNC = "fsync";
  static final String ROTATE_BYTES = "rotate_bytes";
  static final String ROTATE_INTERVAL_MS = "rotate_interval_ms";
  static final String GZIP = "gzip";

  private static final int LONGEST_PATH = 1024;
  private static final long SMALLEST_FILE = 1024;
  private static final long LARGEST_FILE = 1L << 50;
  private static final long SHORTEST_INTERVAL = Duration.ofSeconds(1).toMillis();
  private static final long LONGEST_INTERVAL = Duration.ofDays(366).toMillis();

  static final ConfigSchema SCHEMA =
      ConfigSchema.of(
          ConfigField.required(
              FILE_PATH,
              new FieldType.Text(LONGEST_PATH),
              "The file to append to, under one of the server's FILE_SINK_ROOTS; may contain"
                  + " {topic}, {partition} and {date} (UTC, of the moment of writing)"),
          ConfigField.withDefault(
              FORMAT,
              new FieldType.Choice(List.of("value", "json")),
              "value",
              "value: the record's value as it is and a newline; json: an object per line with"
                  + " topic, partition, offset, timestamp, key, value and headers"),
          ConfigField.withDefault(
              EXACTLY_ONCE,
              new FieldType.Flag(),
              false,
              "Whether no record may be in the file twice, whatever crashes; one writer alone"),
          ConfigField.withDefault(
              FSYNC,
              new FieldType.Choice(List.of("commit", "never")),
              "commit",
              "Whether lines are forced to disk before each commit, or left to the operating"
                  + " system, which loses some when the machine crashes"),
          ConfigField.optional(
              ROTATE_BYTES,
              new FieldType.Whole(SMALLEST_FILE, LARGEST_FILE),
              "A file that would grow beyond so many bytes is finished and another begun"),
          ConfigField.optional(
              ROTATE_INTERVAL_MS,
              new FieldType.Whole(SHORTEST_INTERVAL, LONGEST_INTERVAL),
              "Time is cut into windows of so many milliseconds from 1970 in UTC; a file is"
                  + " finished when the first record of a later window comes"),
          ConfigField.withDefault(
              GZIP, new FieldType.Flag(), false, "Whether finished files are compressed"));

  static FileSinkConfig of(ProcessorConfig config) {
    return new FileSinkConfig(
        new PathTemplate(config.text(FILE_PATH)),
        config.flag(EXACTLY_ONCE, false),
        new Writing(
            config.text(FORMAT, "value").equals("json") ? new JsonLines() : new ValueLines(),
            Fsync.valueOf(config.text(FSYNC, "commit").toUpperCase(Locale.ROOT)),
            new Rotation(whole(config, ROTATE_BYTES), whole(config, ROTATE_INTERVAL_MS)),
            config.flag(GZIP, false)));
  }

  private static OptionalLong whole(ProcessorConfig config, String key) {
    return config.values().containsKey(key)
        ? OptionalLong.of(config.whole(key, 0))
        : OptionalLong.empty();
  }
}
