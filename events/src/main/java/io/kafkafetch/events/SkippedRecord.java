package io.kafkafetch.events;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A record that was passed over, and why.
 *
 * @param reason what kind of fault it was
 * @param cause what was thrown, by the codec or by the callback
 * @param record the record as it was read, for whoever wants to keep it elsewhere
 */
public record SkippedRecord(Reason reason, Exception cause, ConsumerRecord<byte[], byte[]> record) {
  /** Why a record can be skipped. */
  public enum Reason {
    /** Its bytes are no valid event. */
    INVALID,
    /** The callback threw. */
    CALLBACK_FAILED
  }

  /** The partition that it was read from. */
  public TopicPartition partition() {
    return new TopicPartition(record.topic(), record.partition());
  }

  /** Its place there. */
  public long offset() {
    return record.offset();
  }
}
