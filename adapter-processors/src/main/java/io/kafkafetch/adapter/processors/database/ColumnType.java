package io.kafkafetch.adapter.processors.database;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The types that a JSON field can be given as a column. An allow-list. */
enum ColumnType {
  TEXT("text", List.of("varchar"), List.of("text", "varchar", "citext")),
  BIGINT("bigint", List.of("int8"), List.of("int8")),
  INTEGER("integer", List.of("int", "int4"), List.of("int4")),
  NUMERIC("numeric", List.of("decimal"), List.of("numeric")),
  DOUBLE("double precision", List.of("float8"), List.of("float8")),
  BOOLEAN("boolean", List.of("bool"), List.of("bool")),
  TIMESTAMPTZ("timestamptz", List.of("timestamp with time zone"), List.of("timestamptz")),
  DATE("date", List.of(), List.of("date")),
  UUID("uuid", List.of(), List.of("uuid")),
  JSONB("jsonb", List.of(), List.of("jsonb")),
  BYTEA("bytea", List.of(), List.of("bytea"));

  private final String sql;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> aliases;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> compatible;

  ColumnType(String sql, List<String> aliases, List<String> compatible) {
    this.sql = sql;
    this.aliases = aliases;
    this.compatible = compatible;
  }

  /** How SQL spells it. */
  String sql() {
    return sql;
  }

  /** Whether an existing column of PostgreSQL's type {@code typname} takes the same binary form. */
  boolean fits(String typname) {
    return compatible.contains(typname);
  }

  /**
   * The type that a text ends with, and the length of what comes before it; empty when there is no
   * known one.
   */
  static Optional<Suffix> endOf(String text) {
    var lower = text.strip().toLowerCase(Locale.ROOT);
    Optional<Suffix> longest = Optional.empty();
    for (var type : values()) {
      for (var name : type.spellings()) {
        int before = lower.length() - name.length();
        if (lower.endsWith(name)
            && (before == 0 || Character.isWhitespace(lower.charAt(before - 1)))
            && longest.stream().allMatch(found -> before < found.length())) {
          longest = Optional.of(new Suffix(type, before));
        }
      }
    }
    return longest;
  }

  private List<String> spellings() {
    var spellings = new ArrayList<>(aliases);
    spellings.add(sql);
    return spellings;
  }

  /** All types, for a sentence. */
  static String accepted() {
    return String.join(", ", Arrays.stream(values()).map(ColumnType::sql).toList());
  }

  /** A type at the end of a text, after {@code length} characters of something else. */
  record Suffix(ColumnType type, int length) {}
}
