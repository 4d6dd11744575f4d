package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.driven.RecordPublisher;
import io.kafkafetch.application.driving.OutgoingRecord;
import io.kafkafetch.application.driving.Receipt;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.application.driving.ServerActivity;
import io.kafkafetch.domain.processor.RecordHeader;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Writes records through idempotent producers that all callers share. In one, what comes in while a
 * request to a broker is under way gathers into the next one, so that nobody waits for company and
 * a crowd still travels together. The other waits until a batch is full, for what comes in bulk.
 */
final class KafkaRecordPublisher implements RecordPublisher, AutoCloseable {
  /** Further topics are not written in bulk. */
  private static final int MOST_TOPICS = 10_000;

  private final SharedProducer shared;
  private final SharedProducer bulk;
  private final WritableTopics topics;
  private final TopicLimits limits;

  /** Whether a topic is written in bulk when that is asked for; never forgotten. */
  private final Map<String, Boolean> takesBulk = new ConcurrentHashMap<>();

  private final LongAdder written = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder failed = new LongAdder();

  /**
   * Opens nothing yet.
   *
   * @param shared whose view of the cluster decides whether something is sent at all
   */
  KafkaRecordPublisher(
      SharedProducer shared, SharedProducer bulk, WritableTopics topics, TopicLimits limits) {
    this.shared = shared;
    this.bulk = bulk;
    this.topics = topics;
    this.limits = limits;
  }

  @Override
  public int partitions(String topic) {
    return topics.find(topic).partitions();
  }

  @Override
  public int partitionsNow(String topic) {
    return topics.findNow(topic).partitions();
  }

  @Override
  public CompletableFuture<Receipt> publish(OutgoingRecord record) {
    return send(record, false);
  }

  @Override
  public CompletableFuture<Receipt> publishInBulk(OutgoingRecord record) {
    return send(record, true);
  }

  private CompletableFuture<Receipt> send(OutgoingRecord record, boolean inBulk) {
    var by = shared;
    try {
      topics.find(record.topic()).requireLeader(record);
      long limit = limits.require(record);
      if (inBulk && isForBulk(record.topic(), limit)) {
        by = bulk;
      }
      var sending = new Sending(by, record.topic());
      var _ = by.get().send(toKafka(record), sending);
      return sending;
    } catch (KafkaException | IllegalStateException e) {
      failed(by, e);
      return CompletableFuture.failedFuture(PublishFaults.unsent(record.topic(), e));
    } catch (Refusal refusal) {
      failed.increment();
      return CompletableFuture.failedFuture(refusal);
    }
  }

  /**
   * Whether the topic takes full batches; one that does not would refuse each, until it is small
   * enough. Said once for each topic, since two producers keep no order between them.
   */
  private boolean isForBulk(String topic, long limit) {
    var known = takesBulk.get(topic);
    if (known != null) {
      return known;
    }
    boolean takes = limit >= ProducerSettings.BULK_BATCH;
    return takesBulk.size() < MOST_TOPICS
        && Objects.requireNonNullElse(takesBulk.putIfAbsent(topic, takes), takes);
  }

  private void failed(SharedProducer by, Throwable fault) {
    failed.increment();
    by.failed(fault);
    shared.doubt(fault);
  }

  /**
   * A record on its way: what Kafka tells and what the caller waits for are one object, since there
   * is one for each record.
   */
  private final class Sending extends CompletableFuture<Receipt> implements Callback {
    private final SharedProducer by;
    private final String topic;
    private final long sender = Thread.currentThread().threadId();

    Sending(SharedProducer by, String topic) {
      this.by = by;
      this.topic = topic;
    }

    @Override
    public void onCompletion(RecordMetadata metadata, @Nullable Exception fault) {
      if (fault == null) {
        shared.succeeded();
        written.increment();
        bytes.add(
            Math.max(metadata.serializedKeySize(), 0)
                + Math.max(metadata.serializedValueSize(), 0));
        complete(new Receipt(metadata.partition(), metadata.offset(), metadata.timestamp()));
        return;
      }
      failed(by, fault);
      if (fault instanceof RecordTooLargeException) {
        limits.forget(topic);
      }
      // Before send() returns, the record has not left; after that, nobody can know.
      boolean left = Thread.currentThread().threadId() != sender;
      completeExceptionally(
          left ? PublishFaults.sent(topic, fault) : PublishFaults.unsent(topic, fault));
    }
  }

  @SuppressWarnings("NullAway") // Kafka takes null for a missing key, value, partition or timestamp
  private static ProducerRecord<byte[], byte[]> toKafka(OutgoingRecord record) {
    var partition = record.partition();
    return new ProducerRecord<byte[], byte[]>(
        record.topic(),
        partition.isPresent() ? (Integer) partition.getAsInt() : null,
        null,
        record.key(),
        record.value(),
        record.headers().isEmpty() ? null : headers(record));
  }

  private static RecordHeaders headers(OutgoingRecord record) {
    var headers = new RecordHeaders();
    for (RecordHeader header : record.headers()) {
      headers.add(header.name(), header.value());
    }
    return headers;
  }

  @Override
  public ServerActivity.Published published() {
    return new ServerActivity.Published(written.sum(), bytes.sum(), failed.sum());
  }

  /** Sends what waits, within bounds. */
  @Override
  public void close() {
    // Each may take as long as it is allowed to where the broker is away.
    var closing = Thread.ofVirtual().name("close-bulk-producer").start(bulk::close);
    shared.close();
    try {
      closing.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
