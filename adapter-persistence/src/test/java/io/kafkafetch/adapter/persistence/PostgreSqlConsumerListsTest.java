package io.kafkafetch.adapter.persistence;

import io.kafkafetch.application.contract.ConsumerListsContract;
import io.kafkafetch.application.driven.Storage;

class PostgreSqlConsumerListsTest extends ConsumerListsContract {
  @Override
  protected Storage open() {
    return TestDatabase.openEmpty();
  }
}
