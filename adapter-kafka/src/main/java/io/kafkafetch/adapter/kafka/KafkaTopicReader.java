package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.driven.TopicReader;
import io.kafkafetch.application.driving.ReadRecord;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.domain.consumer.ClusterAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads topics with clients that are members of nothing; so many at once, and no more. */
final class KafkaTopicReader implements TopicReader, AutoCloseable {
  private static final int MOST_LOOKS = 8;
  private static final int MOST_TAILS = 64;
  private static final int WAIT_SECONDS = 5;
  private static final Duration LIMIT = Duration.ofSeconds(8);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

  private final ClusterAddress cluster;
  private final ClientProperties properties;
  private final Supplier<Admin> admin;
  private final ReadableTopics readable;
  private final Semaphore looks = new Semaphore(MOST_LOOKS, true);
  private final Semaphore tails = new Semaphore(MOST_TAILS);

  /** Tells the tails to end. */
  private volatile boolean closed;

  KafkaTopicReader(
      ClusterAddress cluster,
      ClientProperties properties,
      Supplier<Admin> admin,
      ReadableTopics readable) {
    this.cluster = cluster;
    this.properties = properties;
    this.admin = admin;
    this.readable = readable;
  }

  @Override
  public List<Topic> topics() {
    try {
      var client = admin.get();
      var names = AdminAnswers.get(client.listTopics(new ListTopicsOptions()).names(), LIMIT);
      return AdminAnswers.get(client.describeTopics(names).allTopicNames(), LIMIT).values().stream()
          .map(topic -> new Topic(topic.name(), topic.partitions().size()))
          .sorted(Comparator.comparing(Topic::name))
          .toList();
    } catch (KafkaException fault) {
      throw ReadFaults.refusal("", fault);
    }
  }

  @Override
  public List<ReadRecord> newest(String topic, OptionalInt partition, int limit) {
    var partitions = partitions(topic, partition);
    return look(consumer -> new NewestRecords(consumer, partitions, limit).read());
  }

  @Override
  public List<ReadRecord> from(String topic, int partition, long offset, int limit) {
    var partitions = partitions(topic, OptionalInt.of(partition));
    return look(consumer -> RecordsFrom.read(consumer, partitions.getFirst(), offset, limit));
  }

  @Override
  public Tail tail(String topic, Optional<Map<Integer, Long>> positions) {
    var partitions = partitions(topic, OptionalInt.empty());
    if (!tails.tryAcquire()) {
      throw new Refusal.TooMany(
          "As many live tails are open as there is room for (" + MOST_TAILS + ")", RETRY_AFTER);
    }
    try {
      return new KafkaTail(
          new KafkaConsumer<>(properties.browser(cluster)),
          partitions,
          positions,
          tails::release,
          () -> closed);
    } catch (KafkaException fault) {
      tails.release();
      throw ReadFaults.refusal("", fault);
    } catch (RuntimeException | Error e) {
      tails.release();
      throw e;
    }
  }

  private List<TopicPartition> partitions(String topic, OptionalInt wanted) {
    int count = readable.require(topic).partitions();
    if (wanted.isPresent() && wanted.getAsInt() >= count) {
      throw new Refusal.Invalid(
          "partition", "must be from 0 to " + (count - 1) + ", since there are no more of them");
    }
    return wanted.isPresent()
        ? List.of(new TopicPartition(topic, wanted.getAsInt()))
        : IntStream.range(0, count).mapToObj(i -> new TopicPartition(topic, i)).toList();
  }

  private List<ReadRecord> look(Function<Consumer<byte[], byte[]>, List<ReadRecord>> reading) {
    try {
      if (!looks.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw new Refusal.TooMany(
            "As many are looking into topics as there is room for (" + MOST_LOOKS + ")",
            RETRY_AFTER);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal.Unavailable("The server is about to stop", RETRY_AFTER);
    }
    try {
      var consumer = new KafkaConsumer<byte[], byte[]>(properties.browser(cluster));
      try {
        return reading.apply(consumer);
      } finally {
        consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
      }
    } catch (KafkaException fault) {
      throw ReadFaults.refusal("", fault);
    } finally {
      looks.release();
    }
  }

  /** Lets open tails end by themselves, within a second. */
  @Override
  public void close() {
    closed = true;
  }
}
