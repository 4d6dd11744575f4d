package io.kafkafetch.adapter.persistence;

import io.kafkafetch.application.contract.RunReportsContract;
import io.kafkafetch.application.driven.Storage;

class PostgreSqlRunReportsTest extends RunReportsContract {
  @Override
  protected Storage open() {
    return TestDatabase.openEmpty();
  }
}
