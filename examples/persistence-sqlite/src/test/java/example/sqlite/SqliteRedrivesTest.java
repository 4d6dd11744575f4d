package example.sqlite;

import io.kafkafetch.application.contract.RedrivesContract;
import io.kafkafetch.application.driven.Storage;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteRedrivesTest extends RedrivesContract {
  @TempDir Path folder;

  @Override
  protected Storage open() {
    return SqliteStorage.open(folder.resolve("consumers.sqlite"));
  }
}
