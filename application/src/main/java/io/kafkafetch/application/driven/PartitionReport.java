package io.kafkafetch.application.driven;

import java.util.OptionalLong;

/**
 * One assigned partition as its member sees it.
 *
 * @param position the next offset to be delivered
 * @param committedOffset what was last committed
 * @param logEndOffset one past the newest readable record, as the last fetch told
 */
public record PartitionReport(
    String topic,
    int partition,
    long position,
    OptionalLong committedOffset,
    OptionalLong logEndOffset) {
  /** Readable records that were not committed yet, never negative; empty until a fetch told. */
  public OptionalLong lag() {
    return logEndOffset.isPresent()
        ? OptionalLong.of(Math.max(0, logEndOffset.getAsLong() - committedOffset.orElse(position)))
        : OptionalLong.empty();
  }
}
