package io.kafkafetch.adapter.processors.database;

import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the tables that a processor needs, or makes them. */
final class TablePreparation {
  private static final Logger LOG = LoggerFactory.getLogger(TablePreparation.class);
  private static final String SERVER =
      "select current_schema(), current_setting('server_encoding')";
  private static final String EXISTS = "select to_regclass(?) is not null";

  /** Two servers that create the same table at once would trip over PostgreSQL's own catalog. */
  private static final String LOCK =
      "select pg_advisory_xact_lock(hashtextextended('kafkafetch ' || ?, 0))";

  private final SyncSettings settings;

  TablePreparation(SyncSettings settings) {
    this.settings = settings;
  }

  /** The table for {@code topic}, with everything beside it in place. Commits. */
  SyncTable prepare(Connection connection, String topic) throws SQLException, UnfitTableException {
    var table = resolve(connection, topic);
    var shape = TableShape.of(connection, table);
    if (isComplete(connection, table, shape)) {
      shape.requireFit(table);
      connection.commit();
      return table;
    }
    if (!settings.createTable()) {
      throw new UnfitTableException(missing(connection, table, shape));
    }
    // A transaction of its own: while PostgreSQL waits for the lock, this one's idea of the catalog
    // grows old.
    connection.commit();
    create(connection, table);
    connection.commit();
    return table;
  }

  /** The table's full name, whether it exists or not. */
  SyncTable resolve(Connection connection, String topic) throws SQLException, UnfitTableException {
    var name = settings.tableFor(topic);
    try (var statement = connection.prepareStatement(SERVER);
        var server = statement.executeQuery()) {
      server.next();
      if (!"UTF8".equals(server.getString(2))) {
        throw new UnfitTableException(
            "The database's encoding is %s; records need UTF8".formatted(server.getString(2)));
      }
      var current = server.getString(1);
      if (name.schema().isEmpty() && current == null) {
        throw new UnfitTableException(
            "The user's search path names no existing schema; write schema.table");
      }
      return new SyncTable(
          name.schema().orElse(current), name.name(), settings.mode(), settings.columns());
    }
  }

  /** What is not there, in a sentence. */
  String missing(Connection connection, SyncTable table, TableShape shape) throws SQLException {
    var what =
        !shape.exists()
            ? "Table " + table.qualified()
            : !shape.missing(table).isEmpty()
                ? "Column \"%s\" of table %s"
                    .formatted(shape.missing(table).get(0).name(), table.qualified())
                : exists(connection, table.progress())
                    ? "Table " + table.tombstones()
                    : "Table " + table.progress();
    return what + " does not exist, and " + SyncSettings.CREATE_TABLE + " is false";
  }

  boolean isComplete(Connection connection, SyncTable table, TableShape shape) throws SQLException {
    return shape.exists()
        && shape.missing(table).isEmpty()
        && exists(connection, table.progress())
        && (table.mode() == WriteMode.APPEND || exists(connection, table.tombstones()));
  }

  private static void create(Connection connection, SyncTable table)
      throws SQLException, UnfitTableException {
    lock(connection, table);
    var shape = TableShape.of(connection, table);
    if (!shape.exists()) {
      execute(connection, Definitions.table(table));
    } else {
      shape.requireFit(table);
      if (!shape.missing(table).isEmpty()) {
        execute(connection, Definitions.missingColumns(table, shape.missing(table)));
      }
    }
    if (!exists(connection, table.progress())) {
      execute(connection, Definitions.progress(table));
    }
    if (table.mode() == WriteMode.UPSERT && !exists(connection, table.tombstones())) {
      execute(connection, Definitions.tombstones(table));
    }
  }

  private static void lock(Connection connection, SyncTable table) throws SQLException {
    try (var statement = connection.prepareStatement(LOCK)) {
      statement.setString(1, table.schema());
      statement.execute();
    }
  }

  static boolean exists(Connection connection, String qualified) throws SQLException {
    try (var statement = connection.prepareStatement(EXISTS)) {
      statement.setString(1, qualified);
      try (var result = statement.executeQuery()) {
        return result.next() && result.getBoolean(1);
      }
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    LOG.info("Preparing the database: {}", sql.lines().findFirst().orElse(sql));
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
