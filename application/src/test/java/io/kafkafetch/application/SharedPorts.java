package io.kafkafetch.application;

import io.kafkafetch.application.driven.Broker;
import io.kafkafetch.application.driven.Changes;
import io.kafkafetch.application.driven.ClusterGroups;
import io.kafkafetch.application.driven.Consumers;
import io.kafkafetch.application.driven.DeadLetterTopics;
import io.kafkafetch.application.driven.DeadLetters;
import io.kafkafetch.application.driven.Fleet;
import io.kafkafetch.application.driven.Members;
import io.kafkafetch.application.driven.RecordPublisher;
import io.kafkafetch.application.driven.Redrives;
import io.kafkafetch.application.driven.RunReports;
import io.kafkafetch.application.driven.Storage;
import io.kafkafetch.domain.consumer.ClusterAddress;

/**
 * Ports that several servers share: one that stops lets go of its own end, and takes nothing from
 * under the others.
 */
final class SharedPorts {
  private SharedPorts() {}

  static Broker of(Broker broker) {
    return new SharedBroker(broker);
  }

  static Storage of(Storage storage) {
    return new SharedStorage(storage);
  }

  private record SharedBroker(Broker broker) implements Broker {
    @Override
    public Members members() {
      return broker.members();
    }

    @Override
    public DeadLetters deadLetters() {
      return broker.deadLetters();
    }

    @Override
    public DeadLetterTopics deadLetterTopics() {
      return broker.deadLetterTopics();
    }

    @Override
    public RecordPublisher records() {
      return broker.records();
    }

    @Override
    public ClusterGroups groups() {
      return broker.groups();
    }

    @Override
    public ClusterAddress ownCluster() {
      return broker.ownCluster();
    }

    @Override
    public boolean isReachable() {
      return broker.isReachable();
    }

    @Override
    public void close() {
      // The server has let its members go before.
    }
  }

  private record SharedStorage(Storage storage) implements Storage {
    @Override
    public Consumers consumers() {
      return storage.consumers();
    }

    @Override
    public RunReports reports() {
      return storage.reports();
    }

    @Override
    public Redrives redrives() {
      return storage.redrives();
    }

    @Override
    public Fleet fleet() {
      return storage.fleet();
    }

    @Override
    public Changes changes() {
      return storage.changes();
    }

    @Override
    public boolean isReachable() {
      return storage.isReachable();
    }

    @Override
    public void close() {
      // The server has ended its listening before.
    }
  }
}
