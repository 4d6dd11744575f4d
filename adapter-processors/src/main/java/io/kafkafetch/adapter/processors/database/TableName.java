package io.kafkafetch.adapter.processors.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which table, as a configuration names it.
 *
 * @param schema the schema; empty for the first one of the user's search path
 * @param name the table's name as it stands in PostgreSQL's catalog, case and all
 */
record TableName(Optional<String> schema, String name) {
  static final String ACCEPTED =
      "table or schema.table, names of 1 to "
          + Identifiers.MAX_BYTES
          + " bytes; a name that holds a dot goes in double quotes";

  /** The table of a topic's own name, dots and all. */
  static TableName ofTopic(String topic) {
    return new TableName(Optional.empty(), topic);
  }

  /** Reads {@code table} or {@code schema.table}, either part quoted or not; empty for others. */
  static Optional<TableName> parse(String text) {
    var parts = new ArrayList<String>();
    int at = 0;
    while (at <= text.length()) {
      boolean quoted = at < text.length() && text.charAt(at) == '"';
      int end = quoted ? closingQuote(text, at) : text.indexOf('.', at);
      if (quoted && end < 0) {
        return Optional.empty();
      }
      if (!quoted && end < 0) {
        end = text.length();
      }
      parts.add(
          quoted ? text.substring(at + 1, end).replace("\"\"", "\"") : text.substring(at, end));
      at = quoted ? end + 1 : end;
      if (at < text.length() && text.charAt(at) != '.') {
        return Optional.empty();
      }
      at++;
    }
    return of(parts);
  }

  private static int closingQuote(String text, int opening) {
    for (int i = opening + 1; i < text.length(); i++) {
      if (text.charAt(i) == '"') {
        if (i + 1 == text.length() || text.charAt(i + 1) != '"') {
          return i;
        }
        i++;
      }
    }
    return -1;
  }

  private static Optional<TableName> of(List<String> parts) {
    if (parts.size() > 2 || parts.stream().anyMatch(p -> Identifiers.violation(p).isPresent())) {
      return Optional.empty();
    }
    return Optional.of(
        parts.size() == 1
            ? new TableName(Optional.empty(), parts.get(0))
            : new TableName(Optional.of(parts.get(0)), parts.get(1)));
  }

  @Override
  public String toString() {
    return schema.map(s -> s + ".").orElse("") + name;
  }
}
