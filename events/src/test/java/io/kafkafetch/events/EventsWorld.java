package io.kafkafetch.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kafkafetch.domain.event.Environment;
import io.kafkafetch.domain.event.EventMetadata;
import io.kafkafetch.domain.event.EventPayload;
import io.kafkafetch.domain.event.EventSource;
import io.kafkafetch.domain.event.EventType;
import io.kafkafetch.domain.event.WorkflowEvent;
import io.kafkafetch.embedded.EmbeddedKafka;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker, topics of one's own, and events in them. */
final class EventsWorld {
  /** Longer than any pause of a busy machine. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Long enough for a record that is there to be read, short enough to wait for none. */
  static final Duration A_MOMENT = Duration.ofSeconds(2);

  private static final WorkflowEventCodec CODEC = new WorkflowEventCodec();
  private static final OffsetDateTime NOON = OffsetDateTime.parse("2026-01-02T12:00:00Z");

  private final String bootstrap;

  EventsWorld(EmbeddedKafka kafka) {
    this.bootstrap = kafka.bootstrapServers();
  }

  static EventsWorld shared() {
    return new EventsWorld(EmbeddedKafka.shared());
  }

  String bootstrap() {
    return bootstrap;
  }

  static String anyName(String prefix) {
    return prefix + "-" + UUID.randomUUID();
  }

  ConsumerOptions.Builder options() {
    return ConsumerOptions.builder().bootstrapServers(bootstrap).brokerTimeout(PATIENCE);
  }

  ConsumerOptions.Builder inGroup(String group) {
    return options().groupId(group);
  }

  WorkflowEventConsumer consumer(ConsumerOptions.Builder options) {
    return new WorkflowEventConsumer(options.build());
  }

  String topic(int partitions) {
    var name = anyName("events");
    create(name, partitions);
    return name;
  }

  void create(String topic, int partitions) {
    with(admin -> admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all());
  }

  void grow(String topic, int partitions) {
    with(
        admin -> admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions))).all());
  }

  OptionalLong committed(String group, String topic, int partition) {
    var offsets =
        with(admin -> admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    var offset = offsets.get(new TopicPartition(topic, partition));
    return offset == null ? OptionalLong.empty() : OptionalLong.of(offset.offset());
  }

  private interface Call<R> {
    org.apache.kafka.common.KafkaFuture<R> on(Admin admin);
  }

  private <R> R with(Call<R> call) {
    try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      return call.on(admin).get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  static WorkflowEvent event(int number) {
    return new WorkflowEvent(
        new UUID(0, number),
        EventType.WORKFLOW_COMPLETED,
        NOON.plusSeconds(number),
        EventSource.AIRFLOW,
        "workflow",
        "run-" + number,
        new EventPayload(Map.of("number", number)),
        EventMetadata.of(Environment.DEV));
  }

  static int number(WorkflowEvent event) {
    return ((Long) Objects.requireNonNull(event.payload().data().get("number"))).intValue();
  }

  static List<Integer> numbers(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  static List<Integer> numbers(Map<TopicPartition, List<EventRecord<WorkflowEvent>>> polled) {
    return polled.values().stream()
        .flatMap(List::stream)
        .map(record -> number(record.event()))
        .sorted()
        .toList();
  }

  /** Events of these numbers, into one partition. */
  void events(String topic, int partition, int from, int to) {
    values(
        topic,
        partition,
        IntStream.range(from, to).mapToObj(number -> CODEC.encode(event(number))).toList());
  }

  void text(String topic, int partition, String value) {
    values(topic, partition, List.of(value.getBytes(UTF_8)));
  }

  void values(String topic, int partition, List<byte[]> values) {
    var properties =
        Map.<String, Object>of(
            "bootstrap.servers", bootstrap, "max.in.flight.requests.per.connection", 1);
    try (var producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      var sent = new ArrayList<java.util.concurrent.Future<?>>();
      for (var value : values) {
        sent.add(producer.send(new ProducerRecord<byte[], byte[]>(topic, partition, null, value)));
      }
      for (var future : sent) {
        future.get();
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
