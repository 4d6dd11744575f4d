package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.driven.RecordPublisher;
import io.kafkafetch.application.driving.OutgoingRecord;
import io.kafkafetch.application.driving.Receipt;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.application.driving.ServerActivity;
import io.kafkafetch.domain.processor.RecordHeader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Writes records through one idempotent producer that all callers share: while a request to a
 * broker is under way, what comes in meanwhile gathers into the next one, so that nobody waits for
 * company and a crowd still travels together.
 */
final class KafkaRecordPublisher implements RecordPublisher, AutoCloseable {
  private final SharedProducer shared;
  private final WritableTopics topics;
  private final TopicLimits limits;
  private final LongAdder written = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder failed = new LongAdder();

  KafkaRecordPublisher(SharedProducer shared, WritableTopics topics, TopicLimits limits) {
    this.shared = shared;
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
    var answer = new CompletableFuture<Receipt>();
    try {
      topics.find(record.topic()).requireLeader(record);
      limits.require(record);
      send(shared.get(), record, answer);
    } catch (KafkaException | IllegalStateException e) {
      failed.increment();
      shared.failed(e);
      answer.completeExceptionally(PublishFaults.unsent(record.topic(), e));
    } catch (Refusal refusal) {
      failed.increment();
      answer.completeExceptionally(refusal);
    }
    return answer;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback is told all that the future is
  private void send(
      Producer<byte[], byte[]> producer, OutgoingRecord record, CompletableFuture<Receipt> answer) {
    long sender = Thread.currentThread().threadId();
    var sent = toKafka(record);
    producer.send(
        sent,
        (metadata, fault) -> {
          if (fault == null) {
            shared.succeeded();
            written.increment();
            bytes.add(
                Math.max(metadata.serializedKeySize(), 0)
                    + Math.max(metadata.serializedValueSize(), 0));
            answer.complete(
                new Receipt(metadata.partition(), metadata.offset(), metadata.timestamp()));
          } else {
            failed.increment();
            shared.failed(fault);
            if (fault instanceof RecordTooLargeException) {
              limits.forget(record.topic());
            }
            // Before send() returns, the record has not left; after that, nobody can know.
            boolean left = Thread.currentThread().threadId() != sender;
            answer.completeExceptionally(
                left
                    ? PublishFaults.sent(record.topic(), fault)
                    : PublishFaults.unsent(record.topic(), fault));
          }
        });
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
    shared.close();
  }
}
