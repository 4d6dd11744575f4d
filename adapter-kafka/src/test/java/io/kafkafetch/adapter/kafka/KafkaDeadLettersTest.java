package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.contract.DeadLettersContract;
import io.kafkafetch.application.contract.TestCluster;

class KafkaDeadLettersTest extends DeadLettersContract {
  @Override
  protected TestCluster open() {
    return new KafkaTestCluster();
  }
}
