package io.kafkafetch.domain.processor;

import java.util.Optional;

/**
 * One processor's end of one partition. Called by one thread at a time. Calls may block, but not
 * for ever: every wait on the outside is bounded by the sink itself and ends in a {@link
 * Cause.Transient}. They are never interrupted.
 *
 * <p>The order of calls: {@link #remembered()}, {@link #begin(Progress)}, then {@link #deliver} and
 * {@link #flush} as often as needed, then {@link #close()}.
 */
public interface PartitionSink extends AutoCloseable {
  /** How far this sink knows it got in this partition; empty for a sink that remembers nothing. */
  Optional<Progress> remembered();

  /**
   * Where delivery begins, and under which replay generation. No record below {@code
   * start.nextOffset()} will be delivered. Also called again after a failed {@link #flush()}, with
   * the position of the last successful one.
   */
  void begin(Progress start);

  /** Takes a batch, in order. After an early stop the engine calls again with what is left. */
  Outcome deliver(RecordBatch batch);

  /**
   * Makes everything that was delivered survive a crash of process and machine. Offsets are
   * committed only up to where a flush succeeded. Empty when it did; otherwise what was delivered
   * since the last successful flush counts as not delivered and comes again.
   */
  Optional<Cause> flush();

  /**
   * Delivers records that were dead-lettered earlier, under their original coordinates, whatever
   * progress says. They are older than what was delivered meanwhile, so a sink that keeps the
   * newest value of a key must not let them overwrite it.
   */
  default Outcome redeliver(RecordBatch batch) {
    return deliver(batch);
  }

  /**
   * Records in this partition up to {@code nextOffset} are dealt with, although the sink was not
   * given all of them (dead-lettered, or nothing readable there). Durable with the next flush.
   */
  default void skipTo(long nextOffset) {}

  /** Lets go of the partition. What was not flushed may be lost. Does not throw. */
  @Override
  void close();
}
