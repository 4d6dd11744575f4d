package io.kafkafetch.adapter.http;

import io.kafkafetch.application.driven.Broker;
import io.kafkafetch.application.driven.ClusterGroups;
import io.kafkafetch.application.driven.DeadLetterTopics;
import io.kafkafetch.application.driven.DeadLetters;
import io.kafkafetch.application.driven.Members;
import io.kafkafetch.application.driven.RecordLender;
import io.kafkafetch.application.driven.RecordPublisher;
import io.kafkafetch.application.driven.TopicReader;
import io.kafkafetch.application.driving.OutgoingRecord;
import io.kafkafetch.application.driving.ReadRecord;
import io.kafkafetch.application.driving.Receipt;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.application.driving.ServerActivity;
import io.kafkafetch.domain.consumer.BrokerAddress;
import io.kafkafetch.domain.consumer.ClusterAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/**
 * The broker of an application that is never started: nobody polls it, and whoever asks it for
 * groups or wants to write finds it away.
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
    return new ClusterGroups() {
      @Override
      public <T> T ask(ClusterAddress cluster, Questions<T> questions) {
        throw away();
      }
    };
  }

  @Override
  public RecordPublisher records() {
    return new RecordPublisher() {
      @Override
      public int partitions(String topic) {
        throw away();
      }

      @Override
      public int partitionsNow(String topic) {
        throw away();
      }

      @Override
      public CompletableFuture<Receipt> publish(OutgoingRecord record) {
        return CompletableFuture.failedFuture(away());
      }

      @Override
      public CompletableFuture<Receipt> publishInBulk(OutgoingRecord record) {
        return publish(record);
      }

      @Override
      public ServerActivity.Published published() {
        return new ServerActivity.Published(0, 0, 0);
      }
    };
  }

  @Override
  public RecordLender lender() {
    return request -> {
      throw away();
    };
  }

  @Override
  public TopicReader topics() {
    return new TopicReader() {
      @Override
      public List<Topic> topics() {
        throw away();
      }

      @Override
      public List<ReadRecord> newest(String topic, OptionalInt partition, int limit) {
        throw away();
      }

      @Override
      public List<ReadRecord> from(String topic, int partition, long offset, int limit) {
        throw away();
      }

      @Override
      public Tail tail(String topic, Optional<Map<Integer, Long>> positions) {
        throw away();
      }
    };
  }

  private static Refusal away() {
    return new Refusal.Unavailable("Kafka is away", Duration.ofSeconds(1));
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
