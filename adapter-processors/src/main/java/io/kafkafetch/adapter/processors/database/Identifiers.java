package io.kafkafetch.adapter.processors.database;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Names in SQL, always quoted, so that no input is ever read as SQL. */
final class Identifiers {
  /** PostgreSQL cuts longer names off (NAMEDATALEN - 1), so that two might become one. */
  static final int MAX_BYTES = 63;

  private Identifiers() {}

  /** The name as SQL wants it: {@code we"ird} becomes {@code "we""ird"}. */
  static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** What is wrong with a name, to follow "must be"; empty when nothing is. */
  static Optional<String> violation(String name) {
    boolean fits = name.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
    return !name.isBlank() && fits && name.indexOf('\0') < 0
        ? Optional.empty()
        : Optional.of("a name of 1 to " + MAX_BYTES + " bytes");
  }
}
