package io.kafkafetch.events;

import org.jspecify.annotations.Nullable;

/**
 * How a type travels as the bytes of a record.
 *
 * @param <T> the type of the events
 */
public interface RecordCodec<T> {
  /**
   * Reads the value of a record.
   *
   * @param value the bytes as they were written, read-only; {@code null} for a tombstone
   * @throws InvalidRecordException if they do not say a valid event. Any other exception counts as
   *     the same: the record is skipped and reported, never handed out
   */
  T decode(byte @Nullable [] value);

  /** Writes an event as the value of a record. */
  byte[] encode(T event);

  /**
   * The key of an event's record: events of one key stay in order. {@code null}, the default, lets
   * the producer spread events over the partitions.
   */
  default byte @Nullable [] keyOf(T event) {
    return null;
  }
}
