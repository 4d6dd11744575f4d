package io.kafkafetch.bootstrap.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.kafkafetch.embedded.EmbeddedKafka;
import io.kafkafetch.embedded.EmbeddedPostgreSql;
import io.kafkafetch.embedded.FaultProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A Kafka and a PostgreSQL that are no children of the server, so that to kill it is to kill it
 * alone. The way to the server's own database can be cut.
 */
final class Outside implements AutoCloseable {
  private static final Duration WELL = Duration.ofMinutes(1);
  private static final AtomicInteger NUMBER = new AtomicInteger();

  final EmbeddedKafka kafka;
  final EmbeddedPostgreSql postgreSql;
  final FaultProxy state;
  private final String stateName;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;
  private final boolean own;

  private Outside(EmbeddedKafka kafka, EmbeddedPostgreSql postgreSql, boolean own) {
    this.kafka = kafka;
    this.postgreSql = postgreSql;
    this.own = own;
    state = FaultProxy.to(postgreSql.host(), postgreSql.port());
    stateName = database();
    admin = Admin.create(properties());
    producer =
        new KafkaProducer<>(properties(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Those that all tests share. */
  static Outside shared() {
    return new Outside(EmbeddedKafka.shared(), EmbeddedPostgreSql.shared(), false);
  }

  /** Some that may be killed. */
  static Outside own() {
    return new Outside(EmbeddedKafka.forTests(), EmbeddedPostgreSql.forTests(), true);
  }

  /** SIGKILL to both; they are back when this returns. */
  void killAndRestart() {
    kafka.kill();
    postgreSql.kill();
    postgreSql.restart();
    kafka.restart();
  }

  private Map<String, Object> properties() {
    return Map.of(
        "bootstrap.servers",
        kafka.bootstrapServers(),
        // The topics were just made.
        "max.in.flight.requests.per.connection",
        1,
        "batch.size",
        1 << 17,
        "linger.ms",
        5);
  }

  /** A database that nobody has written to. */
  String database() {
    var name = "outside_" + ProcessHandle.current().pid() + "_" + NUMBER.incrementAndGet();
    postgreSql.createDatabase(name);
    return name;
  }

  /** A server that uses all this, and may write files under {@code roots}. */
  RunningServer server(Path folder, Path roots, String javaOptions) {
    var settings = new HashMap<String, String>();
    settings.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    settings.put(
        "DATABASE_URL", "postgresql://postgres:postgres@" + state.address() + "/" + stateName);
    settings.put("FILE_SINK_ROOTS", roots.toString());
    settings.put("FORWARDER_ALLOWED_HOSTS", "127.0.0.1");
    settings.put("JAVA_OPTS", javaOptions);
    var server = RunningServer.in(folder, settings);
    // A server does not wait for a database that is not its own.
    await().atMost(WELL).until(() -> server.api().get("/health").status() == 200);
    return server;
  }

  RunningServer server(Path folder, Path roots) {
    return server(folder, roots, "-Xmx512m");
  }

  String topic(int partitions) {
    var name = "numbers-" + UUID.randomUUID();
    get(
        admin
            .createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
            .all()
            .toCompletionStage()
            .toCompletableFuture());
    return name;
  }

  /** Sends the numbers to each of the partitions, and waits until they are acknowledged. */
  void send(String topic, int partitions, int from, int to) {
    var sent = new ArrayList<Future<?>>();
    for (int n = from; n < to; n++) {
      for (int partition = 0; partition < partitions; partition++) {
        var value = "{\"p\":" + partition + ",\"n\":" + n + "}";
        sent.add(
            producer.send(new ProducerRecord<>(topic, partition, null, value.getBytes(UTF_8))));
      }
    }
    sent.forEach(Outside::get);
  }

  /** Sends records of one value. */
  void send(String topic, byte[] value, int count) {
    var sent = new ArrayList<Future<?>>();
    for (int i = 0; i < count; i++) {
      sent.add(producer.send(new ProducerRecord<>(topic, value)));
    }
    sent.forEach(Outside::get);
  }

  /** What the group has committed, by partition; 0 where nothing is. */
  long[] committed(String group, String topic, int partitions) {
    var all =
        get(
            admin
                .listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .toCompletionStage()
                .toCompletableFuture());
    var committed = new long[partitions];
    for (int partition = 0; partition < partitions; partition++) {
      var found = all.get(new TopicPartition(topic, partition));
      committed[partition] = found == null ? 0 : found.offset();
    }
    return committed;
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
    producer.close();
    admin.close();
    state.close();
    if (own) {
      kafka.close();
      postgreSql.close();
    }
  }
}
