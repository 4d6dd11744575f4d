package io.kafkafetch.adapter.persistence;

import io.kafkafetch.application.driving.Refusal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the tables up to date, in a schema of their own. */
final class Migrations {
  static final String SCHEMA = "kafkafetch";

  /** Any number that nobody else takes for an advisory lock of this database. */
  private static final long LOCK = 0x6B66_6574_6368L;

  private final DataSource source;
  private final String address;

  Migrations(DataSource source, String address) {
    this.source = source;
    this.address = address;
  }

  /**
   * Runs what is missing. Servers that start together do so one after the other: Flyway's own lock
   * begins only after it has created the schema, in which two of them can collide.
   *
   * @param secretKey the key that secrets are encrypted with at rest; empty for none
   * @return what they are encrypted with
   * @throws Refusal.Unavailable if the database cannot be reached
   * @throws IllegalStateException if the tables cannot be brought up to date
   * @throws SecretKeyException if secrets are encrypted with another key
   */
  Optional<Seal> run(Optional<String> secretKey) {
    try (var connection = source.getConnection()) {
      lock(connection);
      migrate();
      return new SecretsAtRest(connection, address).open(secretKey);
    } catch (SQLException e) {
      throw Outage.atStart(e, address);
    }
  }

  /** Held until the connection is closed, also if this process is killed. */
  private static void lock(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("select pg_advisory_lock(" + LOCK + ")");
    }
  }

  private void migrate() {
    try {
      // Not in a package: what lies in one would be encapsulated by the module.
      Flyway.configure(Migrations.class.getClassLoader())
          .dataSource(source)
          .locations("classpath:db-migration")
          .failOnMissingLocations(true)
          .defaultSchema(SCHEMA)
          .load()
          .migrate();
    } catch (FlywayException e) {
      if (e.getCause() instanceof SQLException cause && Outage.isConnectionLost(cause)) {
        throw Outage.atStart(cause, address);
      }
      throw new IllegalStateException(
          "The tables in schema "
              + SCHEMA
              + " of the database at "
              + address
              + " cannot be brought up to date",
          e);
    }
  }
}
