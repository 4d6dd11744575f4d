package io.kafkafetch.application.driven;

import io.kafkafetch.domain.consumer.Consumer;
import io.kafkafetch.domain.consumer.ConsumerId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The managed consumers, and every version that each of them ever was. A write that returned
 * survives a crash. Instants are kept to the microsecond. Methods throw {@link
 * io.kafkafetch.application.driving.Refusal.Unavailable} when the store cannot be reached.
 */
public interface Consumers {
  /**
   * Adds a new consumer and its first version.
   *
   * @throws io.kafkafetch.application.driving.Refusal.Conflict if there is one of that id already
   */
  void insert(Consumer consumer, String change);

  /** The consumer of that id, when there is one. */
  Optional<Consumer> find(ConsumerId id);

  /** The consumers that match. */
  List<Consumer> list(ConsumerQuery query);

  /** The consumers that servers should run or probe: {@link Consumer#isWanted()}. */
  List<Consumer> wanted();

  /** How many there are in each state, by its label; states without any are left out. */
  Map<String, Integer> countByState();

  /**
   * Puts {@code next} in the place of {@code expected}, if revision, state and attempts are still
   * those of {@code expected}; a risen revision becomes a version.
   *
   * @return false when somebody else was faster or it is gone; nothing is changed then
   */
  boolean replace(Consumer expected, Consumer next, String change);

  /**
   * Removes it with its versions and run reports, if the revision is still that of {@code
   * expected}.
   *
   * @return false when somebody else was faster or it is gone
   */
  boolean remove(Consumer expected);

  /** The versions of a consumer, newest first; empty when there is no such consumer. */
  List<ConsumerVersion> versions(ConsumerId id, int limit);

  /** One version of a consumer, when there is such a consumer and it had that revision. */
  Optional<ConsumerVersion> version(ConsumerId id, long revision);
}
