package io.kafkafetch.adapter.processors.database;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** The tables of one processor, each looked at once. Thread-safe. */
final class PreparedTables {
  private final TablePreparation preparation;
  private final Map<String, SyncTable> tables = new HashMap<>();

  PreparedTables(TablePreparation preparation) {
    this.preparation = preparation;
  }

  /** The table for {@code topic}, found or made when it is first asked for. Commits then. */
  SyncTable of(String topic, Session session) throws SQLException, UnfitTableException {
    synchronized (tables) {
      var table = tables.get(topic);
      if (table != null) {
        return table;
      }
    }
    var prepared = preparation.prepare(session.connection(), topic);
    session.commit();
    synchronized (tables) {
      tables.put(topic, prepared);
    }
    return prepared;
  }

  /** Looks at the table again when it is next asked for. */
  void forget(String topic) {
    synchronized (tables) {
      tables.remove(topic);
    }
  }
}
