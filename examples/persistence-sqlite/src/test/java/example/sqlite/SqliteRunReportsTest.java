package example.sqlite;

import io.kafkafetch.application.contract.RunReportsContract;
import io.kafkafetch.application.driven.Storage;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteRunReportsTest extends RunReportsContract {
  @TempDir Path folder;

  @Override
  protected Storage open() {
    return SqliteStorage.open(folder.resolve("consumers.sqlite"));
  }
}
