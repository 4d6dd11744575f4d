package io.kafkafetch.adapter.kafka;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What members of this process saw of topics lately: a thousand on one topic need not ask a
 * thousand times. Safe for any thread.
 */
final class TopicSights {
  /** Topics that were not looked at for longest are forgotten beyond this. */
  private static final int MOST = 10_000;

  private final Map<Topic, Seen> seen =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Topic, Seen> eldest) {
          return size() > MOST;
        }
      };

  private record Topic(String bootstrap, String name) {}

  private record Seen(TopicState state, Instant at) {}

  /** That cluster's topic was just seen. */
  synchronized void saw(String bootstrap, TopicState state, Instant now) {
    seen.put(new Topic(bootstrap, state.name()), new Seen(state, now));
  }

  /** What was seen of it, if that was not before {@code earliest}. */
  synchronized Optional<TopicState> since(String bootstrap, String topic, Instant earliest) {
    return Optional.ofNullable(seen.get(new Topic(bootstrap, topic)))
        .filter(sight -> !sight.at().isBefore(earliest))
        .map(Seen::state);
  }
}
