package io.kafkafetch.application.driving;

import io.kafkafetch.domain.processor.RecordHeader;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A record that somebody wants written.
 *
 * @param topic a legal topic name
 * @param partition where to; chosen by the key's hash, or as it comes without a key, when empty
 * @param key not copied: treat as read-only; null for none
 * @param value not copied: treat as read-only; null for a tombstone
 * @param headers in order
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way to Kafka, never compared
public record OutgoingRecord(
    String topic,
    OptionalInt partition,
    byte @Nullable [] key,
    byte @Nullable [] value,
    List<RecordHeader> headers) {}
