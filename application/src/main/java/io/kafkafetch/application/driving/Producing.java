package io.kafkafetch.application.driving;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Writing records into the server's own cluster. Every future completes within some 20 s, with a
 * {@link Receipt} or exceptionally with the {@link Refusal} that says why there is none: {@link
 * Refusal.NotFound} (no such topic), {@link Refusal.Forbidden}, {@link Refusal.TooLarge}, {@link
 * Refusal.Invalid} (no such partition), {@link Refusal.Unavailable} (nothing was written, Kafka
 * cannot be reached or the partition has no leader) or {@link Refusal.TimedOut} (the outcome is
 * unknown).
 */
public interface Producing {
  /** Writes one record. May block for some seconds while Kafka does not answer. */
  CompletableFuture<Receipt> publish(OutgoingRecord record);

  /**
   * Writes records, those of a partition in their order; the answer has their order, too.
   *
   * @throws Refusal.Invalid naming every record whose partition does not exist, such as {@code
   *     [3].partition}; nothing was written
   * @throws Refusal.Unavailable when Kafka cannot be reached; nothing was written
   */
  List<CompletableFuture<Receipt>> publishAll(List<OutgoingRecord> records);
}
