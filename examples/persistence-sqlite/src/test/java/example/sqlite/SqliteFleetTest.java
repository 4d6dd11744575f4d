package example.sqlite;

import io.kafkafetch.application.contract.FleetContract;
import io.kafkafetch.application.driven.Storage;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteFleetTest extends FleetContract {
  @TempDir Path folder;

  @Override
  protected Storage open() {
    return SqliteStorage.open(folder.resolve("consumers.sqlite"));
  }
}
