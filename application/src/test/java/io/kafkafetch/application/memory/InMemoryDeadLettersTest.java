package io.kafkafetch.application.memory;

import io.kafkafetch.application.contract.DeadLettersContract;
import io.kafkafetch.application.contract.TestCluster;

class InMemoryDeadLettersTest extends DeadLettersContract {
  @Override
  protected TestCluster open() {
    return new InMemoryCluster();
  }
}
