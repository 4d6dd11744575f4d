package io.kafkafetch.adapter.persistence;

import io.kafkafetch.embedded.EmbeddedPostgreSql;
import java.sql.SQLException;
import java.util.UUID;

/** Databases in the PostgreSQL that the tests share. */
final class TestDatabase {
  static final String REUSED = "contracts";

  private TestDatabase() {}

  /** A storage with nothing in it; all that are opened so share one database. */
  static PostgreSqlStorage openEmpty() {
    var server = EmbeddedPostgreSql.shared();
    server.createDatabase(REUSED);
    var storage = PostgreSqlStorage.open(settings(server, REUSED));
    execute(server, REUSED, "truncate kafkafetch.consumers, kafkafetch.servers cascade");
    return storage;
  }

  /** The settings of a new database in the shared server. */
  static PostgreSqlSettings fresh() {
    var name = "t" + UUID.randomUUID().toString().replace("-", "");
    EmbeddedPostgreSql.shared().createDatabase(name);
    return settings(EmbeddedPostgreSql.shared(), name);
  }

  static PostgreSqlSettings settings(EmbeddedPostgreSql server, String database) {
    return PostgreSqlSettings.parse(server.url(database)).withPoolSize(4);
  }

  static void execute(EmbeddedPostgreSql server, String database, String sql) {
    try (var connection = server.connect(database);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
