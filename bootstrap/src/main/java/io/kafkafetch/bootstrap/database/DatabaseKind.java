package io.kafkafetch.bootstrap.database;

import java.nio.file.Path;
import java.util.Optional;

/** A kind of database that a server can keep its consumers in. */
public interface DatabaseKind {
  /**
   * The database that {@code DATABASE_URL} names. Connects to nothing.
   *
   * @throws IllegalArgumentException when it names none; the message is a sentence that says what
   *     is accepted and does not repeat the value, which may hold a password
   */
  DatabasePlace at(String url);

  /**
   * The database that is used when {@code DATABASE_URL} is not set.
   *
   * @param dataDir the folder of everything that outlives a restart; exists when the place is
   *     opened
   * @return empty for the PostgreSQL that the server embeds
   */
  Optional<DatabasePlace> in(Path dataDir);
}
