package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.contract.MembersContract;
import io.kafkafetch.application.contract.TestCluster;

class KafkaMembersTest extends MembersContract {
  @Override
  protected TestCluster open() {
    return new KafkaTestCluster();
  }
}
