package io.kafkafetch.domain.processor;

import org.jspecify.annotations.Nullable;

/**
 * One header of a record. Names may repeat within a record; a value may be absent.
 *
 * @param name the header's name
 * @param value its bytes as the producer wrote them, not copied: treat as read-only
 */
@SuppressWarnings("ArrayRecordComponent") // a view of bytes, never compared
public record RecordHeader(String name, byte @Nullable [] value) {}
