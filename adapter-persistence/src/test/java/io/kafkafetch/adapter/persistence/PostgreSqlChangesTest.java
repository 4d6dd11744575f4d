package io.kafkafetch.adapter.persistence;

import io.kafkafetch.application.contract.ChangesContract;
import io.kafkafetch.application.driven.Storage;

class PostgreSqlChangesTest extends ChangesContract {
  @Override
  protected Storage open() {
    return TestDatabase.openEmpty();
  }
}
