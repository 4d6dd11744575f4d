package io.kafkafetch.application.driving;

import io.kafkafetch.domain.processor.RecordHeader;
import io.kafkafetch.domain.processor.SourcePartition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record in the dead-letter topic, with what was written down about it.
 *
 * @param place where it is
 * @param source where the record came from
 * @param offset the record's own offset there
 * @param timestamp the record's own timestamp in Unix milliseconds, or -1 where it had none
 * @param headers the record's own headers, without ours
 * @param group the consumer group that it was read by
 * @param processorId which processor refused it
 * @param attempt how often it was given up, from 1
 * @param at when it was given up
 * @param settled whether it was redriven
 */
@SuppressWarnings("ArrayRecordComponent") // views of bytes, never compared
public record StoredLetter(
    DeadLetterPlace place,
    SourcePartition source,
    long offset,
    long timestamp,
    byte @Nullable [] key,
    byte @Nullable [] value,
    List<RecordHeader> headers,
    String group,
    String processorId,
    String processorType,
    String reason,
    int attempt,
    Instant at,
    Optional<Settlement> settled) {
  public StoredLetter {
    headers = List.copyOf(headers);
  }

  /** The same, redriven or not. */
  public StoredLetter settledAs(Optional<Settlement> settlement) {
    return new StoredLetter(
        place,
        source,
        offset,
        timestamp,
        key,
        value,
        headers,
        group,
        processorId,
        processorType,
        reason,
        attempt,
        at,
        settlement);
  }
}
