package io.kafkafetch.adapter.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kafkafetch.application.Application;
import io.kafkafetch.application.DrivenPorts;
import io.kafkafetch.application.delivery.SecretReferences;
import io.kafkafetch.application.driven.FleetServer;
import io.kafkafetch.application.driven.ServerId;
import io.kafkafetch.application.driving.ConsumerDraft;
import io.kafkafetch.application.driving.DeliveryDraft;
import io.kafkafetch.application.driving.ProcessorDraft;
import io.kafkafetch.application.memory.InMemoryStorage;
import io.kafkafetch.domain.consumer.BrokerAddress;
import io.kafkafetch.domain.consumer.ClusterAddress;
import io.kafkafetch.domain.processor.ProcessorConfig;
import io.kafkafetch.domain.processor.ProcessorEnvironment;
import io.kafkafetch.embedded.EmbeddedKafka;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** An application in memory over a real broker, with one collecting sink. */
final class GivenApplication implements AutoCloseable {
  final Collecting sink = new Collecting();
  final ClusterAddress cluster;
  final InMemoryStorage storage;
  final Application application;
  final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;

  GivenApplication(EmbeddedKafka broker) {
    this(BrokerAddress.parse(broker.bootstrapServers()).orElseThrow());
  }

  GivenApplication(BrokerAddress broker) {
    cluster = ClusterAddress.plain(broker);
    var clock = InstantSource.system();
    storage = new InMemoryStorage(clock);
    application =
        Application.over(
                new DrivenPorts(
                    storage,
                    KafkaAdapter.open(new KafkaSettings(cluster, clock)),
                    List.of(sink),
                    new ProcessorEnvironment(Map.of(), clock),
                    SecretReferences.none(),
                    new FleetServer(new ServerId("test"), "127.0.0.1:0")))
            .start();
    Map<String, Object> properties = Map.of("bootstrap.servers", cluster.bootstrap());
    admin = Admin.create(properties);
    producer = producer(cluster.bootstrap());
  }

  /**
   * A producer for topics that were just made: with one request in flight, since of several the
   * first can be refused and the second accepted, and the first is out of sequence from then on.
   */
  static KafkaProducer<byte[], byte[]> producer(String bootstrapServers) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", bootstrapServers, "max.in.flight.requests.per.connection", 1),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  String topic(int partitions) {
    var name = "topic-" + UUID.randomUUID();
    createTopic(name, partitions);
    return name;
  }

  void createTopic(String name, int partitions) {
    get(admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all());
  }

  void produce(String topic, int from, int to) {
    var sent =
        IntStream.range(from, to)
            .mapToObj(i -> new ProducerRecord<byte[], byte[]>(topic, text(i)))
            .map(producer::send)
            .toList();
    sent.forEach(GivenApplication::get);
  }

  ConsumerDraft draft(String topic, String group, DeliveryDraft delivery) {
    return new ConsumerDraft(
        Optional.of(cluster.bootstrapServers().getFirst().host()),
        OptionalLong.of(cluster.bootstrapServers().getFirst().port()),
        Optional.empty(),
        Optional.empty(),
        Optional.of(topic),
        Optional.of(group),
        Optional.of(true),
        Optional.of(List.of(new ProcessorDraft("collecting", ProcessorConfig.empty()))),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.of(delivery));
  }

  String running(String topic, String group) {
    return running(topic, group, DeliveryDraft.empty());
  }

  String running(String topic, String group, DeliveryDraft delivery) {
    return application.consumers().create(draft(topic, group, delivery)).consumer().id().toString();
  }

  long committed(String group) {
    return get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
        .values()
        .stream()
        .mapToLong(offset -> offset.offset())
        .sum();
  }

  static <T> T get(KafkaFuture<T> future) {
    return get(future.toCompletionStage().toCompletableFuture());
  }

  private static byte[] text(int number) {
    return Integer.toString(number).getBytes(UTF_8);
  }

  static <T> T get(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    application.close();
    producer.close();
    admin.close();
  }
}
