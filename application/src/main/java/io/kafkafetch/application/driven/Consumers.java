package io.kafkafetch.application.driven;

import io.kafkafetch.domain.consumer.Consumer;
import io.kafkafetch.domain.consumer.ConsumerId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

  /**
   * The consumers that may claim one of these resources, by creation, then id: at least all whose
   * recorded claims hold one of them, and all whose claims are not known. Others may be among them;
   * whoever asks looks at each.
   */
  default List<Consumer> claiming(Set<String> resources) {
    return list(ConsumerQuery.all());
  }

  /**
   * Keeps which resources consumers claim, for {@link #claiming} to find them by. Those that have
   * another revision by now are left out, and so may be those that somebody changes at the moment:
   * what is not known is always found. A new spec forgets what was kept for the one before. No
   * change that anybody is told of.
   */
  default void recordClaims(Map<Consumer, Set<String>> claims) {}

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
