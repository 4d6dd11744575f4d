package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.contract.MemberPlacesContract;
import io.kafkafetch.application.contract.TestCluster;

class KafkaMemberPlacesTest extends MemberPlacesContract {
  @Override
  protected TestCluster open() {
    return new KafkaTestCluster();
  }
}
