package io.kafkafetch.adapter.persistence;

import io.kafkafetch.application.contract.ConsumersContract;
import io.kafkafetch.application.driven.Storage;

class PostgreSqlConsumersTest extends ConsumersContract {
  @Override
  protected Storage open() {
    return TestDatabase.openEmpty();
  }
}
