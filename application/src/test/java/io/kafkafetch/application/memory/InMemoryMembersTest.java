package io.kafkafetch.application.memory;

import io.kafkafetch.application.contract.MembersContract;
import io.kafkafetch.application.contract.TestCluster;

class InMemoryMembersTest extends MembersContract {
  @Override
  protected TestCluster open() {
    return new InMemoryCluster();
  }
}
