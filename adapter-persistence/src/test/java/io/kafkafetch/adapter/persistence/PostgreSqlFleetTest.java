package io.kafkafetch.adapter.persistence;

import io.kafkafetch.application.contract.FleetContract;
import io.kafkafetch.application.driven.Storage;

class PostgreSqlFleetTest extends FleetContract {
  @Override
  protected Storage open() {
    return TestDatabase.openEmpty();
  }
}
