package io.kafkafetch.adapter.processors.database;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where in a COPY the server found something wrong.
 *
 * @param row from 0
 */
record CopyPlace(int row, Optional<String> column) {
  private static final String COLUMN = ", column ";

  /**
   * Finds the place in an error's context, {@code COPY table, line 3, column value}; empty when the
   * context speaks of something else, or in another language.
   */
  static Optional<CopyPlace> find(@Nullable String context, String table) {
    if (context == null || table.isEmpty()) {
      return Optional.empty();
    }
    // The whole name is compared, so that no name of a table can pose as a line number.
    var prefix = "COPY " + table + ", line ";
    return context
        .lines()
        .filter(line -> line.startsWith(prefix))
        .findFirst()
        .flatMap(line -> read(line.substring(prefix.length())));
  }

  private static Optional<CopyPlace> read(String rest) {
    int digits = 0;
    while (digits < rest.length() && Character.isDigit(rest.charAt(digits))) {
      digits++;
    }
    if (digits == 0 || digits > 9) {
      return Optional.empty();
    }
    int line = Integer.parseInt(rest.substring(0, digits));
    var tail = rest.substring(digits);
    var column =
        tail.startsWith(COLUMN)
            ? Optional.of(tail.substring(COLUMN.length()))
            : Optional.<String>empty();
    return line < 1 ? Optional.empty() : Optional.of(new CopyPlace(line - 1, column));
  }
}
