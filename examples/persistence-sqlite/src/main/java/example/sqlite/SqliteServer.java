package example.sqlite;

import io.kafkafetch.application.driven.Storage;
import io.kafkafetch.bootstrap.ServerProgram;
import io.kafkafetch.bootstrap.database.DatabaseKind;
import io.kafkafetch.bootstrap.database.DatabasePlace;
import java.nio.file.Path;
import java.util.Optional;

/** The server, keeping its consumers in a file of SQLite instead of in PostgreSQL. */
public final class SqliteServer {
  private static final String SCHEME = "sqlite:";

  public static void main(String[] arguments) {
    ServerProgram.run(new Sqlite(), arguments);
  }

  private static final class Sqlite implements DatabaseKind {
    @Override
    public DatabasePlace at(String url) {
      if (!url.startsWith(SCHEME) || url.length() == SCHEME.length()) {
        throw new IllegalArgumentException("The database is given as sqlite:/path/to/file");
      }
      return place(Path.of(url.substring(SCHEME.length())).toAbsolutePath());
    }

    @Override
    public Optional<DatabasePlace> in(Path dataDir) {
      return Optional.of(place(dataDir.resolve("consumers.sqlite")));
    }

    private static DatabasePlace place(Path file) {
      return new DatabasePlace("SQLite", file.toString(), true, key -> open(file, key));
    }

    private static Storage open(Path file, Optional<String> secretKey) {
      if (secretKey.isPresent()) {
        throw new IllegalArgumentException("SQLite keeps secrets as they are: unset SECRET_KEY");
      }
      return SqliteStorage.open(file);
    }
  }
}
