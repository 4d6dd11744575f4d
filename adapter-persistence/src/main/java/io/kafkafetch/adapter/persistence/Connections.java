package io.kafkafetch.adapter.persistence;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.kafkafetch.adapter.persistence.PostgreSqlSettings.Host;
import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.ds.PGSimpleDataSource;

/** Where connections come from, each kind with its limits. */
final class Connections {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

  /** How long a call waits for a connection, whether all are busy or the database is away. */
  private static final Duration POOL_LIMIT = Duration.ofSeconds(3);

  private static final Duration SOCKET_LIMIT = Duration.ofSeconds(10);

  /** Shorter than the socket's: where the server still answers, its own word is the better one. */
  private static final Duration STATEMENT_LIMIT = Duration.ofSeconds(8);

  private static final Duration LOCK_LIMIT = Duration.ofSeconds(5);

  /** A change of a big table, or the wait for another server that makes it, takes its time. */
  private static final Duration MIGRATION_LIMIT = Duration.ofMinutes(5);

  private static final Duration VALIDATION_LIMIT = Duration.ofSeconds(2);

  private final PostgreSqlSettings settings;

  Connections(PostgreSqlSettings settings) {
    this.settings = settings;
  }

  /** For what the ports ask. */
  HikariDataSource pool() {
    var config = new HikariConfig();
    config.setDataSource(source(SOCKET_LIMIT));
    config.setPoolName("kafka-fetch-storage");
    config.setMaximumPoolSize(settings.poolSize());
    config.setMinimumIdle(Math.min(2, settings.poolSize()));
    config.setConnectionTimeout(POOL_LIMIT.toMillis());
    config.setValidationTimeout(VALIDATION_LIMIT.toMillis());
    config.setInitializationFailTimeout(-1);
    config.setConnectionInitSql(
        "set statement_timeout = %d; set lock_timeout = %d"
            .formatted(STATEMENT_LIMIT.toMillis(), LOCK_LIMIT.toMillis()));
    return new HikariDataSource(config);
  }

  /** For the one connection that listens, and is asked now and then whether it still lives. */
  PGSimpleDataSource listening() {
    return source(SOCKET_LIMIT);
  }

  /** For migrations. */
  PGSimpleDataSource migrating() {
    return source(MIGRATION_LIMIT);
  }

  private PGSimpleDataSource source(Duration socketLimit) {
    var source = new PGSimpleDataSource();
    source.setServerNames(settings.hosts().stream().map(Host::name).toArray(String[]::new));
    source.setPortNumbers(settings.hosts().stream().mapToInt(Host::port).toArray());
    settings.database().ifPresent(source::setDatabaseName);
    settings.user().ifPresent(source::setUser);
    settings.password().ifPresent(source::setPassword);
    source.setApplicationName("kafka-fetch-server");
    source.setConnectTimeout((int) CONNECT_LIMIT.toSeconds());
    source.setTcpKeepAlive(true);
    settings.properties().forEach((name, value) -> set(source, name, value));
    source.setLoginTimeout((int) CONNECT_LIMIT.toSeconds());
    source.setSocketTimeout((int) socketLimit.toSeconds());
    // The detail of an error quotes the row, and a row holds secrets.
    source.setLogServerErrorDetail(false);
    return source;
  }

  private static void set(PGSimpleDataSource source, String name, String value) {
    try {
      source.setProperty(name, value);
    } catch (SQLException e) {
      throw new IllegalArgumentException(
          "The PostgreSQL driver does not take that value for " + name, e);
    }
  }
}
