package example.sqlite;

import io.kafkafetch.application.contract.ConsumersContract;
import io.kafkafetch.application.driven.Storage;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteConsumersTest extends ConsumersContract {
  @TempDir Path folder;

  @Override
  protected Storage open() {
    return SqliteStorage.open(folder.resolve("consumers.sqlite"));
  }
}
