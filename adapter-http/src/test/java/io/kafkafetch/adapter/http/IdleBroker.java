package io.kafkafetch.adapter.http;

import io.kafkafetch.application.driven.Broker;
import io.kafkafetch.application.driven.ClusterGroups;
import io.kafkafetch.application.driven.DeadLetterTopics;
import io.kafkafetch.application.driven.DeadLetters;
import io.kafkafetch.application.driven.Members;
import io.kafkafetch.application.driven.RecordPublisher;
import io.kafkafetch.domain.consumer.BrokerAddress;
import io.kafkafetch.domain.consumer.ClusterAddress;

/**
 * The broker of an application that is never started: nobody polls it, only its health is asked.
 */
final class IdleBroker implements Broker {
  volatile boolean reachable = true;

  @Override
  public Members members() {
    return (spec, delivery) -> {
      throw new IllegalStateException("Nothing was started");
    };
  }

  @Override
  public DeadLetters deadLetters() {
    return letter -> {
      throw new IllegalStateException("Nothing was started");
    };
  }

  /** A broker without a single topic. */
  @Override
  public DeadLetterTopics deadLetterTopics() {
    return new NoDeadLetters();
  }

  @Override
  public ClusterGroups groups() {
    throw new IllegalStateException("Nothing was started");
  }

  @Override
  public RecordPublisher records() {
    throw new IllegalStateException("Nothing was started");
  }

  @Override
  public ClusterAddress ownCluster() {
    return ClusterAddress.plain(new BrokerAddress("127.0.0.1", 9092));
  }

  @Override
  public boolean isReachable() {
    return reachable;
  }

  @Override
  public void close() {}
}
