package io.kafkafetch.application.driving;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

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
   * Writes one record of many. It may wait some milliseconds for those behind it, since together
   * they cost Kafka and this server less. What goes this way can overtake what {@link #publish}
   * sends, and be overtaken by it, until either is acknowledged.
   */
  CompletableFuture<Receipt> publishInBulk(OutgoingRecord record);

  /**
   * Writes records, those of a partition in their order; the answer has their order, too.
   *
   * @throws Refusal.Invalid naming every record whose partition does not exist, such as {@code
   *     [3].partition}; nothing was written
   * @throws Refusal.Unavailable when Kafka cannot be reached; nothing was written
   */
  List<CompletableFuture<Receipt>> publishAll(List<OutgoingRecord> records);

  /**
   * Sends once, however often it is asked to: for ten minutes after the outcome a repeat with the
   * same key gets the first answer, and while it is being sent, it waits for the same outcome. What
   * certainly wrote nothing is forgotten, so that a repeat tries again; an unknown outcome is
   * remembered and never sent again. Remembered by this server, and until it stops.
   *
   * @param records how many records {@code send} sends
   * @throws Refusal.Conflict when the key was used for something else
   * @throws Refusal.TooMany when as much is remembered as there is room for
   */
  List<CompletableFuture<Receipt>> once(
      IdempotencyKey key, int records, Supplier<List<CompletableFuture<Receipt>>> send);
}
