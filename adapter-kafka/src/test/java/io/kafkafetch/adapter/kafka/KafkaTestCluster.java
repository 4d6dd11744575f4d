package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.contract.TestCluster;
import io.kafkafetch.application.driven.Broker;
import io.kafkafetch.domain.consumer.BrokerAddress;
import io.kafkafetch.domain.consumer.ClusterAddress;
import io.kafkafetch.domain.lag.CommittedOffset;
import io.kafkafetch.domain.processor.RecordHeader;
import io.kafkafetch.embedded.EmbeddedKafka;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** The real broker, for the contracts. */
final class KafkaTestCluster implements TestCluster {
  private final ClusterAddress address =
      ClusterAddress.plain(
          BrokerAddress.parse(EmbeddedKafka.shared().bootstrapServers()).orElseThrow());

  /** A partition that comes later is seen within a second. */
  private final KafkaAdapter adapter =
      KafkaAdapter.open(new KafkaSettings(address, InstantSource.system()), Duration.ofSeconds(1));

  private final Map<String, Object> properties = Map.of("bootstrap.servers", address.bootstrap());
  private final Admin admin = Admin.create(properties);
  private final KafkaProducer<byte[], byte[]> producer =
      GivenApplication.producer(address.bootstrap());

  @Override
  public Broker broker() {
    return adapter;
  }

  @Override
  public ClusterAddress address() {
    return address;
  }

  @Override
  public void createTopic(String name, int partitions) {
    GivenApplication.get(
        admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all());
  }

  @Override
  public void addPartitions(String name, int partitions) {
    GivenApplication.get(
        admin.createPartitions(Map.of(name, NewPartitions.increaseTo(partitions))).all());
  }

  @Override
  public void deleteTopic(String name) {
    GivenApplication.get(admin.deleteTopics(List.of(name)).all());
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> !GivenApplication.get(admin.listTopics().names()).contains(name));
  }

  @Override
  @SuppressWarnings("NullAway") // Kafka takes null for a missing key or value
  public void append(
      String topic,
      int partition,
      long timestamp,
      byte @Nullable [] key,
      byte @Nullable [] value,
      List<RecordHeader> headers) {
    var kafka = new RecordHeaders();
    headers.forEach(header -> kafka.add(header.name(), header.value()));
    var sent =
        producer.send(
            new ProducerRecord<byte[], byte[]>(topic, partition, timestamp, key, value, kafka));
    GivenApplication.get(sent);
  }

  @Override
  public Optional<CommittedOffset> committed(String group, String topic, int partition) {
    Map<TopicPartition, OffsetAndMetadata> all =
        GivenApplication.get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    return Optional.ofNullable(all.get(new TopicPartition(topic, partition)))
        .map(found -> new CommittedOffset(found.offset(), found.metadata()));
  }

  @Override
  public void moveOffset(String group, String topic, int partition, long offset) {
    var moved = Map.of(new TopicPartition(topic, partition), new OffsetAndMetadata(offset));
    GivenApplication.get(admin.alterConsumerGroupOffsets(group, moved).all());
  }

  @Override
  public List<Stored> records(String topic, int partition) {
    if (!GivenApplication.get(admin.listTopics().names()).contains(topic)) {
      return List.of();
    }
    var where = new TopicPartition(topic, partition);
    long end =
        GivenApplication.get(
                admin.listOffsets(Map.of(where, OffsetSpec.latest())).partitionResult(where))
            .offset();
    var found = new ArrayList<Stored>();
    try (var consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(where));
      consumer.seekToBeginning(List.of(where));
      while (consumer.position(where) < end) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> found.add(stored(record)));
      }
    }
    return found;
  }

  private static Stored stored(ConsumerRecord<byte[], byte[]> record) {
    return new Stored(
        record.offset(),
        record.timestamp(),
        record.key(),
        record.value(),
        StreamSupport.stream(record.headers().spliterator(), false)
            .map(header -> new RecordHeader(header.key(), header.value()))
            .toList());
  }

  @Override
  public void close() {
    adapter.close();
    producer.close();
    admin.close();
  }
}
