package io.kafkafetch.application.driven;

import io.kafkafetch.application.driving.DeadLetterPlace;
import io.kafkafetch.application.driving.Redrive;
import io.kafkafetch.application.driving.RedriveState;
import io.kafkafetch.application.driving.Settlement;
import io.kafkafetch.domain.consumer.ConsumerId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The last redrive of each consumer, and which dead letters were dealt with. What was settled stays
 * so after a crash, until the letter is purged or the consumer is deleted. Methods throw {@link
 * io.kafkafetch.application.driving.Refusal.Unavailable} when the store cannot be reached.
 */
public interface Redrives {
  /**
   * Begins a redrive in the place of the consumer's last one.
   *
   * @param timeToLive how long it counts as running without a {@link #save}
   * @return false when another one is running, or there is no such consumer
   */
  boolean begin(Redrive redrive, Duration timeToLive);

  /**
   * Keeps how far a redrive got. One that was cancelled meanwhile stays so.
   *
   * @return its state now; empty when another one has taken its place, or the consumer is gone
   */
  Optional<RedriveState> save(Redrive redrive, Duration timeToLive);

  /** Asks the running redrive to stop, wherever it runs; false when none is running. */
  boolean cancel(ConsumerId consumer);

  /**
   * The consumer's last redrive, when there was one. One that runs by its own account but was not
   * heard of in time is {@link RedriveState#INTERRUPTED}.
   */
  Optional<Redrive> last(ConsumerId consumer);

  /** These letters were dealt with. What was settled before stays as it was. */
  void settle(ConsumerId consumer, String topicId, Map<DeadLetterPlace, Settlement> letters);

  /**
   * The letters that were dealt with, by offset.
   *
   * @param from the first offset that is wanted
   * @param end the first offset that is not
   */
  Map<Long, Settlement> settled(
      ConsumerId consumer, String topicId, int partition, long from, long end);

  /** Forgets, for every consumer, the letters before an offset: they are gone. */
  void forget(String topicId, int partition, long before);
}
