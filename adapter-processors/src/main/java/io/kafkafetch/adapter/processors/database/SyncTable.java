package io.kafkafetch.adapter.processors.database;

import static io.kafkafetch.adapter.processors.database.Identifiers.quote;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table that takes a topic's records, with the tables beside it. It was found or made, so its
 * schema is known.
 *
 * @param fields columns for fields of the JSON value
 */
record SyncTable(String schema, String name, WriteMode mode, List<Column> fields) {
  /** The columns that every table has, in the order in which rows are written. */
  static final List<String> COLUMNS =
      List.of(
          "topic",
          "topic_id",
          "partition",
          "offset",
          "timestamp",
          "key",
          "value",
          "value_bytes",
          "headers");

  /** The table in which sinks keep how far they got. */
  static final String PROGRESS = "kafkafetch_progress";

  /** Follows the name of a table with one row per key: where its deleted keys are kept. */
  static final String TOMBSTONES_SUFFIX = "_tombstones";

  SyncTable {
    fields = List.copyOf(fields);
  }

  /** The columns that tell rows apart. */
  List<String> identity() {
    return switch (mode) {
      case APPEND -> List.of("topic_id", "partition", "offset");
      case UPSERT -> List.of("key");
    };
  }

  /** All columns, in the order in which rows are written. */
  List<String> columns() {
    var columns = new ArrayList<>(COLUMNS);
    fields.forEach(field -> columns.add(field.name()));
    return columns;
  }

  String qualified() {
    return qualified(name);
  }

  String tombstones() {
    return qualified(name + TOMBSTONES_SUFFIX);
  }

  String progress() {
    return qualified(PROGRESS);
  }

  private String qualified(String table) {
    return quote(schema) + "." + quote(table);
  }

  /** The names, quoted and separated by commas. */
  static String list(List<String> names) {
    return names.stream().map(Identifiers::quote).collect(Collectors.joining(", "));
  }
}
