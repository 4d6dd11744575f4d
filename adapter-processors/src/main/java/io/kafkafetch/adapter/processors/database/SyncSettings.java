package io.kafkafetch.adapter.processors.database;

import io.kafkafetch.adapter.processors.database.DatabaseAddress.MalformedDsnException;
import io.kafkafetch.domain.processor.ConfigField;
import io.kafkafetch.domain.processor.ConfigSchema;
import io.kafkafetch.domain.processor.FieldType;
import io.kafkafetch.domain.processor.ProcessorConfig;
import io.kafkafetch.domain.processor.Redaction;
import io.kafkafetch.domain.processor.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/**
 * A {@code database_sync}'s configuration, read.
 *
 * @param table empty when it is the topic's name
 * @param columns in the order in which they were given
 * @param createTable whether missing tables and columns are created
 */
record SyncSettings(
    DatabaseAddress address,
    Optional<TableName> table,
    WriteMode mode,
    List<Column> columns,
    boolean createTable) {
  static final String DB_DSN = "db_dsn";
  static final String TABLE = "table";
  static final String MODE = "mode";
  static final String COLUMNS = "columns";
  static final String CREATE_TABLE = "create_table";

  /** More would hardly be a table that people look at; PostgreSQL ends at 1,600. */
  private static final int MAX_COLUMNS = 200;

  static final ConfigSchema SCHEMA =
      ConfigSchema.of(
          ConfigField.required(
                  DB_DSN,
                  new FieldType.Text(2048),
                  "The PostgreSQL database: " + DatabaseAddress.ACCEPTED + ".")
              .secret(Redaction.URL_PASSWORD),
          ConfigField.optional(
              TABLE,
              new FieldType.Text(256),
              "The table: " + TableName.ACCEPTED + ". The topic's name when absent."),
          ConfigField.withDefault(
              MODE,
              new FieldType.Choice(WriteMode.names()),
              WriteMode.APPEND.wireName(),
              "append: a row for each record. upsert: a row for each key, which a tombstone"
                  + " deletes."),
          ConfigField.optional(
              COLUMNS,
              new FieldType.Texts(MAX_COLUMNS, 256),
              "Fields of the JSON value that get a column of their own: field name to "
                  + Column.ACCEPTED
                  + "."),
          ConfigField.withDefault(
              CREATE_TABLE,
              new FieldType.Flag(),
              true,
              "Whether tables and columns that are missing are created."));

  SyncSettings {
    columns = List.copyOf(columns);
  }

  /** Reads a configuration that {@link #violations} found nothing wrong with. */
  static SyncSettings of(ProcessorConfig config) {
    var columns = new ArrayList<Column>();
    config
        .texts(COLUMNS)
        .forEach(
            (field, declaration) -> columns.add(Column.parse(field, declaration).orElseThrow()));
    try {
      return new SyncSettings(
          DatabaseAddress.parse(config.text(DB_DSN)),
          config.optionalText(TABLE).map(text -> TableName.parse(text).orElseThrow()),
          WriteMode.of(config.text(MODE, WriteMode.APPEND.wireName())),
          columns,
          config.flag(CREATE_TABLE, true));
    } catch (MalformedDsnException e) {
      throw new IllegalArgumentException("The configuration was not validated", e);
    }
  }

  /** The table that takes the records of {@code topic}. */
  TableName tableFor(String topic) {
    return table.orElseGet(() -> TableName.ofTopic(topic));
  }

  /** What is wrong with a configuration of the right types. */
  static List<Violation> violations(ProcessorConfig config, String topic) {
    var violations = new ArrayList<Violation>();
    var dsn = config.text(DB_DSN);
    try {
      if (!DatabaseAddress.isReference(dsn)) {
        DatabaseAddress.parse(dsn);
      }
    } catch (MalformedDsnException e) {
      violations.add(new Violation(DB_DSN, String.valueOf(e.getMessage())));
    }
    boolean upsert = WriteMode.UPSERT.wireName().equals(config.text(MODE, ""));
    tableViolation(config.optionalText(TABLE), topic, upsert)
        .ifPresent(message -> violations.add(new Violation(TABLE, message)));
    columnViolations(config, violations);
    return violations;
  }

  private static Optional<String> tableViolation(
      Optional<String> configured, String topic, boolean upsert) {
    var table = configured.map(TableName::parse).orElse(Optional.of(TableName.ofTopic(topic)));
    if (table.isEmpty()) {
      return Optional.of("must be " + TableName.ACCEPTED);
    }
    var name = table.get().name();
    if (Identifiers.violation(name).isPresent()) {
      return Optional.of(
          "is required, since the topic's name is too long for a table's: " + TableName.ACCEPTED);
    }
    if (name.equals(SyncTable.PROGRESS)) {
      return Optional.of("must not be " + SyncTable.PROGRESS + ", where progress is kept");
    }
    if (upsert && Identifiers.violation(name + SyncTable.TOMBSTONES_SUFFIX).isPresent()) {
      return Optional.of(
          "must leave room for %s after it, where deleted keys are kept: at most %d bytes"
              .formatted(
                  SyncTable.TOMBSTONES_SUFFIX,
                  Identifiers.MAX_BYTES - SyncTable.TOMBSTONES_SUFFIX.length()));
    }
    return Optional.empty();
  }

  private static void columnViolations(ProcessorConfig config, List<Violation> violations) {
    var fieldOf = new HashMap<String, String>();
    config
        .texts(COLUMNS)
        .forEach((field, declaration) -> {
          var path = COLUMNS + "." + field;
          var column = Column.parse(field, declaration);
          if (column.isEmpty()) {
            violations.add(new Violation(path, "must be " + Column.ACCEPTED));
            return;
          }
          var name = column.get().name();
          if (Column.RESERVED.contains(name)) {
            violations.add(
                new Violation(
                    path,
                    "must name another column than "
                        + name
                        + ", which the table has already; write \"column type\""));
          }
          var other = fieldOf.put(name, field);
          if (other != null) {
            violations.add(
                new Violation(path, "must not go to column " + name + ", as " + other + " does"));
          }
        });
  }
}
