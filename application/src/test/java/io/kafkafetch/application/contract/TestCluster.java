package io.kafkafetch.application.contract;

import io.kafkafetch.application.driven.Broker;
import io.kafkafetch.domain.consumer.ClusterAddress;
import io.kafkafetch.domain.lag.CommittedOffset;
import io.kafkafetch.domain.processor.RecordHeader;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A cluster with the broker's adapter under test, and a way past the adapter into the cluster. */
public interface TestCluster extends AutoCloseable {
  /** A record in a log. */
  @SuppressWarnings("ArrayRecordComponent") // read by tests, never compared as a whole
  record Stored(
      long offset,
      long timestamp,
      byte @Nullable [] key,
      byte @Nullable [] value,
      List<RecordHeader> headers) {}

  /** The adapter under test. */
  Broker broker();

  /** Where consumers find the cluster. */
  ClusterAddress address();

  /** Makes a topic, and returns when it can be used. */
  void createTopic(String name, int partitions);

  /** Gives a topic more partitions. */
  void addPartitions(String name, int partitions);

  /** Deletes a topic, and returns when another of that name can be made. */
  void deleteTopic(String name);

  /** Appends a record, and returns when it is there. */
  void append(
      String topic,
      int partition,
      long timestamp,
      byte @Nullable [] key,
      byte @Nullable [] value,
      List<RecordHeader> headers);

  /** What a group has committed. */
  Optional<CommittedOffset> committed(String group, String topic, int partition);

  /** Sets the offset of a group without members, without metadata, as Kafka's own tools do. */
  void moveOffset(String group, String topic, int partition, long offset);

  /** Everything in a partition; empty when there is no such topic. */
  List<Stored> records(String topic, int partition);

  @Override
  void close();
}
