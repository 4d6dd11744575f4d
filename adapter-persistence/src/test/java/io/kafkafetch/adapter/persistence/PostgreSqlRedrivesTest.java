package io.kafkafetch.adapter.persistence;

import io.kafkafetch.application.contract.RedrivesContract;
import io.kafkafetch.application.driven.Storage;

class PostgreSqlRedrivesTest extends RedrivesContract {
  @Override
  protected Storage open() {
    return TestDatabase.openEmpty();
  }
}
