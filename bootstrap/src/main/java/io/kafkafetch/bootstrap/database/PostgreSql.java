package io.kafkafetch.bootstrap.database;

import io.kafkafetch.adapter.persistence.PostgreSqlSettings;
import io.kafkafetch.adapter.persistence.PostgreSqlStorage;
import java.nio.file.Path;
import java.util.Optional;

/** PostgreSQL, external or embedded: what a server uses unless somebody starts it otherwise. */
public final class PostgreSql implements DatabaseKind {
  /** How the banner and the log call it. */
  public static final String NAME = "PostgreSQL";

  /** The same as any other. */
  public PostgreSql() {}

  @Override
  public DatabasePlace at(String url) {
    var settings = PostgreSqlSettings.parse(url);
    return new DatabasePlace(
        NAME, settings.address(), false, key -> PostgreSqlStorage.open(settings, key));
  }

  @Override
  public Optional<DatabasePlace> in(Path dataDir) {
    return Optional.empty();
  }
}
