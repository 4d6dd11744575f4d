package io.kafkafetch.application.driving;

import io.kafkafetch.domain.processor.RecordHeader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record that was read.
 *
 * @param timestampMillis the record's own time, in milliseconds since the epoch
 * @param key not copied: treat as read-only; null for none
 * @param value not copied: treat as read-only; null for a tombstone
 * @param headers in order
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way to a caller, never compared
public record ReadRecord(
    String topic,
    int partition,
    long offset,
    long timestampMillis,
    byte @Nullable [] key,
    byte @Nullable [] value,
    List<RecordHeader> headers) {}
