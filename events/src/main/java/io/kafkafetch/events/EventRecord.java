package io.kafkafetch.events;

import java.time.Instant;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * An event, and the record that it came in.
 *
 * @param partition the partition that it was read from
 * @param offset its place there
 * @param timestamp the record's own time, in milliseconds
 * @param key the record's key; {@code null} when it has none
 * @param headers the record's headers
 * @param event the event
 * @param <T> the type of the event
 */
@SuppressWarnings("ArrayRecordComponent") // a view of bytes, never compared
public record EventRecord<T>(
    TopicPartition partition,
    long offset,
    Instant timestamp,
    byte @Nullable [] key,
    Headers headers,
    T event) {}
