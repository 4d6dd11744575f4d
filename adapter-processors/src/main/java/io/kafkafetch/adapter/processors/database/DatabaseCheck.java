package io.kafkafetch.adapter.processors.database;

import io.kafkafetch.domain.processor.SinkCheck;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Looks at the database for a dry run and changes nothing. */
final class DatabaseCheck {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final String MAY_CREATE =
      "select has_schema_privilege(to_regnamespace(?), 'CREATE')";
  private static final String MAY_STAGE =
      "select has_database_privilege(current_database(), 'TEMP')";

  private final SyncSettings settings;
  private final String topic;
  private final TablePreparation preparation;

  DatabaseCheck(SyncSettings settings, String topic) {
    this.settings = settings;
    this.topic = topic;
    this.preparation = new TablePreparation(settings);
  }

  List<SinkCheck> run() {
    var checks = new ArrayList<SinkCheck>();
    try (var session = Session.connect(settings.address(), PATIENCE)) {
      checks.add(
          new SinkCheck("connect", true, "Connected to " + settings.address().destination()));
      look(session, checks);
      session.rollback();
    } catch (SQLException e) {
      checks.add(
          new SinkCheck(
              checks.isEmpty() ? "connect" : "table",
              false,
              DatabaseFailure.causeOf(e, settings.address()).reason()));
    }
    return List.copyOf(checks);
  }

  private void look(Session session, List<SinkCheck> checks) throws SQLException {
    var connection = session.connection();
    try {
      var table = preparation.resolve(connection, topic);
      var shape = TableShape.of(connection, table);
      if (shape.exists()) {
        shape.requireFit(table);
      }
      boolean complete = preparation.isComplete(connection, table, shape);
      checks.add(
          complete || settings.createTable()
              ? new SinkCheck(
                  "table",
                  true,
                  table.qualified() + (complete ? " is there and fits" : " will be completed"))
              : new SinkCheck("table", false, preparation.missing(connection, table, shape)));
      checks.add(privileges(connection, table, shape, complete));
      checks.add(
          new SinkCheck(
              "staging",
              allowed(connection, MAY_STAGE),
              "The user needs the TEMPORARY privilege on the database, for merging rows"));
    } catch (UnfitTableException e) {
      checks.add(new SinkCheck("table", false, e.reason()));
    }
  }

  private static SinkCheck privileges(
      Connection connection, SyncTable table, TableShape shape, boolean complete)
      throws SQLException {
    var missing = new ArrayList<String>();
    if (!complete && !allowed(connection, MAY_CREATE, Identifiers.quote(table.schema()))) {
      missing.add("CREATE on schema " + table.schema() + " (which must exist)");
    }
    if (shape.exists()) {
      missingOn(connection, table.qualified(), needed(table.mode()), missing);
    }
    if (TablePreparation.exists(connection, table.progress())) {
      missingOn(connection, table.progress(), List.of("SELECT", "INSERT", "UPDATE"), missing);
    }
    if (table.mode() == WriteMode.UPSERT
        && TablePreparation.exists(connection, table.tombstones())) {
      missingOn(connection, table.tombstones(), needed(table.mode()), missing);
    }
    return missing.isEmpty()
        ? new SinkCheck("privileges", true, "The user has all privileges that are needed")
        : new SinkCheck("privileges", false, "The user lacks " + String.join(", ", missing));
  }

  private static List<String> needed(WriteMode mode) {
    return switch (mode) {
      case APPEND -> List.of("SELECT", "INSERT", "UPDATE");
      case UPSERT -> List.of("SELECT", "INSERT", "UPDATE", "DELETE");
    };
  }

  private static void missingOn(
      Connection connection, String qualified, List<String> needed, List<String> missing)
      throws SQLException {
    for (var privilege : needed) {
      if (!allowed(
          connection, "select has_table_privilege(to_regclass(?), ?)", qualified, privilege)) {
        missing.add(privilege + " on " + qualified);
      }
    }
  }

  private static boolean allowed(Connection connection, String sql, String... parameters)
      throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      try (var result = statement.executeQuery()) {
        return result.next() && result.getBoolean(1);
      }
    }
  }
}
