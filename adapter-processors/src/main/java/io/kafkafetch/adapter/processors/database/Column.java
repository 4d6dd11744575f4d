package io.kafkafetch.adapter.processors.database;

import java.util.List;
import java.util.Optional;

/**
 * A field of the JSON value that gets a column of its own.
 *
 * @param field the name of a field of the value's outermost object
 * @param name the column's name
 */
record Column(String field, String name, ColumnType type) {
  static final String ACCEPTED =
      "\"type\" or \"column type\", with a type among " + ColumnType.accepted();

  /** Names that the table has already, or that PostgreSQL keeps for itself. */
  static final List<String> RESERVED =
      List.of(
          "topic",
          "topic_id",
          "partition",
          "offset",
          "timestamp",
          "key",
          "value",
          "value_bytes",
          "headers",
          "tableoid",
          "xmin",
          "cmin",
          "xmax",
          "cmax",
          "ctid");

  /** Reads what a configuration says of a field; empty when it is not {@link #ACCEPTED}. */
  static Optional<Column> parse(String field, String declaration) {
    var text = declaration.strip();
    return ColumnType.endOf(text)
        .map(suffix ->
            new Column(
                field,
                suffix.length() == 0 ? field : text.substring(0, suffix.length()).strip(),
                suffix.type()))
        .filter(column -> Identifiers.violation(column.name()).isEmpty());
  }
}
