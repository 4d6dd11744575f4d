package example.sqlite;

import io.kafkafetch.application.contract.ClaimsContract;
import io.kafkafetch.application.driven.Storage;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** It keeps no claims: the port finds every consumer for it, which one server can afford. */
class SqliteClaimsTest extends ClaimsContract {
  @TempDir Path folder;

  @Override
  protected Storage open() {
    return SqliteStorage.open(folder.resolve("consumers.sqlite"));
  }
}
