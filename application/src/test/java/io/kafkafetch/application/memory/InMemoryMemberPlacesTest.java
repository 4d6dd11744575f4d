package io.kafkafetch.application.memory;

import io.kafkafetch.application.contract.MemberPlacesContract;
import io.kafkafetch.application.contract.TestCluster;

class InMemoryMemberPlacesTest extends MemberPlacesContract {
  @Override
  protected TestCluster open() {
    return new InMemoryCluster();
  }
}
