package io.kafkafetch.application.memory;

import io.kafkafetch.application.contract.TestCluster;
import io.kafkafetch.domain.consumer.BrokerAddress;
import io.kafkafetch.domain.consumer.ClusterAddress;
import io.kafkafetch.domain.lag.CommittedOffset;
import io.kafkafetch.domain.processor.RecordHeader;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The broker in memory, for the contracts. */
final class InMemoryCluster implements TestCluster {
  private final InMemoryBroker broker = new InMemoryBroker(InstantSource.system());

  @Override
  public InMemoryBroker broker() {
    return broker;
  }

  @Override
  public ClusterAddress address() {
    return ClusterAddress.plain(new BrokerAddress("localhost", 9092));
  }

  @Override
  public void createTopic(String name, int partitions) {
    broker.createTopic(name, partitions);
  }

  @Override
  public void addPartitions(String name, int partitions) {
    broker.addPartitions(name, partitions);
  }

  @Override
  public void deleteTopic(String name) {
    broker.deleteTopic(name);
  }

  @Override
  public void append(
      String topic,
      int partition,
      long timestamp,
      byte @Nullable [] key,
      byte @Nullable [] value,
      List<RecordHeader> headers) {
    broker.append(topic, partition, timestamp, key, value, headers);
  }

  @Override
  public Optional<CommittedOffset> committed(String group, String topic, int partition) {
    return broker.committed(group, topic, partition);
  }

  @Override
  public void moveOffset(String group, String topic, int partition, long offset) {
    broker.moveOffset(group, topic, partition, offset);
  }

  @Override
  public List<Stored> records(String topic, int partition) {
    return broker.topicId(topic).flatMap(_ -> broker.read(topic, partition, 0, 1 << 20)).stream()
        .flatMap(batch ->
            IntStream.range(0, batch.size())
                .mapToObj(i ->
                    new Stored(
                        batch.offset(i),
                        batch.timestamp(i),
                        batch.key(i),
                        batch.value(i),
                        batch.headers(i))))
        .toList();
  }

  @Override
  public void close() {
    broker.close();
  }
}
