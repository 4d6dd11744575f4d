package io.kafkafetch.adapter.processors.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What PostgreSQL's catalog says of a table.
 *
 * @param exists false when there is no such table, and then the rest is empty
 * @param types each column's type by PostgreSQL's own short name ({@code int8})
 * @param obligatory columns that take no NULL and have no default
 * @param unique whether an index makes its identity unique
 */
record TableShape(
    boolean exists,
    boolean plain,
    Map<String, String> types,
    Set<String> obligatory,
    boolean unique) {
  private static final Map<String, List<String>> EXPECTED =
      Map.of(
          "topic", List.of("text", "varchar"),
          "topic_id", List.of("text", "varchar"),
          "partition", List.of("int4"),
          "offset", List.of("int8"),
          "timestamp", List.of("timestamptz"),
          "key", List.of("bytea"),
          "value", List.of("jsonb"),
          "value_bytes", List.of("bytea"),
          "headers", List.of("jsonb"));

  private static final String RELATION =
      "select relkind in ('r', 'p') from pg_catalog.pg_class where oid = to_regclass(?)";
  private static final String COLUMNS =
      """
      select a.attname, t.typname,
             a.attnotnull and not a.atthasdef and a.attidentity = ''
      from pg_catalog.pg_attribute a join pg_catalog.pg_type t on t.oid = a.atttypid
      where a.attrelid = to_regclass(?) and a.attnum > 0 and not a.attisdropped
      """;
  private static final String UNIQUE =
      """
      select exists (
        select from pg_catalog.pg_index i
        where i.indrelid = to_regclass(?) and i.indisunique and i.indisvalid and i.indimmediate
          and i.indpred is null and i.indexprs is null
          and (select array_agg(a.attname::text order by a.attname::text)
               from pg_catalog.pg_attribute a
               where a.attrelid = i.indrelid
                 and a.attnum = any ((i.indkey::int2[])[0:i.indnkeyatts - 1])) = ?::text[])
      """;

  TableShape {
    types = Map.copyOf(types);
    obligatory = Set.copyOf(obligatory);
  }

  /** Looks at the table, in the connection's transaction. */
  static TableShape of(Connection connection, SyncTable table) throws SQLException {
    try (var relation = prepare(connection, RELATION, table);
        var found = relation.executeQuery()) {
      if (!found.next()) {
        return new TableShape(false, false, Map.of(), Set.of(), false);
      }
      boolean plain = found.getBoolean(1);
      var types = new LinkedHashMap<String, String>();
      var obligatory = new HashSet<String>();
      try (var statement = prepare(connection, COLUMNS, table);
          var columns = statement.executeQuery()) {
        while (columns.next()) {
          types.put(columns.getString(1), columns.getString(2));
          if (columns.getBoolean(3)) {
            obligatory.add(columns.getString(1));
          }
        }
      }
      return new TableShape(true, plain, types, obligatory, isUnique(connection, table));
    }
  }

  private static boolean isUnique(Connection connection, SyncTable table) throws SQLException {
    try (var statement = prepare(connection, UNIQUE, table)) {
      var identity = table.identity().stream().sorted().toArray();
      statement.setArray(2, connection.createArrayOf("text", identity));
      try (var result = statement.executeQuery()) {
        return result.next() && result.getBoolean(1);
      }
    }
  }

  private static PreparedStatement prepare(Connection connection, String sql, SyncTable table)
      throws SQLException {
    var statement = connection.prepareStatement(sql);
    statement.setString(1, table.qualified());
    return statement;
  }

  /** The configured columns that are not there. */
  List<Column> missing(SyncTable table) {
    return table.fields().stream().filter(field -> !types.containsKey(field.name())).toList();
  }

  /** Nothing if the table can take the records, but for columns that are still to be added. */
  void requireFit(SyncTable table) throws UnfitTableException {
    if (!plain) {
      throw new UnfitTableException(table.qualified() + " is no table but a view or the like");
    }
    for (var column : SyncTable.COLUMNS) {
      var type = types.get(column);
      var expected = EXPECTED.getOrDefault(column, List.of());
      if (type == null) {
        throw new UnfitTableException(
            "Table %s has no column \"%s\" of type %s; name another table, or add it"
                .formatted(table.qualified(), column, expected.get(0)));
      }
      if (!expected.contains(type)) {
        throw mismatch(table, column, type, expected.get(0));
      }
    }
    for (var field : table.fields()) {
      var type = types.get(field.name());
      if (type != null && !field.type().fits(type)) {
        throw mismatch(table, field.name(), type, field.type().sql());
      }
    }
    requireNothingElse(table);
  }

  private void requireNothingElse(SyncTable table) throws UnfitTableException {
    var written = table.columns();
    for (var column : obligatory) {
      if (!written.contains(column)) {
        throw new UnfitTableException(
            "Column \"%s\" of table %s must not be null and has no default, and no record would fill it"
                .formatted(column, table.qualified()));
      }
    }
    if (!unique) {
      throw new UnfitTableException(
          "Table %s needs a unique index on exactly (%s) for mode %s; name another table, or add it"
              .formatted(
                  table.qualified(), SyncTable.list(table.identity()), table.mode().wireName()));
    }
  }

  private static UnfitTableException mismatch(
      SyncTable table, String column, String type, String expected) {
    return new UnfitTableException(
        "Column \"%s\" of table %s is of type %s and must be %s"
            .formatted(column, table.qualified(), type, expected));
  }
}
