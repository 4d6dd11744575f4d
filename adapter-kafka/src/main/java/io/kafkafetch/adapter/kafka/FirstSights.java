package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.driven.MemberSpec;
import io.kafkafetch.domain.consumer.ConsumerId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which incarnation of its topic each consumer met first, for as long as this process lives. Kafka
 * drops a group's offsets together with the topic, so a topic that was made anew looks like one
 * that the group never read; to begin at its end would pass over what was written meanwhile. Safe
 * for any thread.
 */
final class FirstSights {
  /** Consumers that were not looked after for longest are forgotten beyond this. */
  private static final int MOST = 100_000;

  /** Stands for a topic that was not there. */
  private static final String NONE = "";

  private final Map<Source, String> topicIds =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Source, String> eldest) {
          return size() > MOST;
        }
      };

  private final TopicSights lately = new TopicSights();

  private record Source(ConsumerId consumer, String bootstrap, String topic) {}

  /** What is known of the topic that the member reads. */
  FirstSight of(MemberSpec spec) {
    return new FirstSight(
        this,
        new Source(
            spec.consumer(), spec.spec().cluster().bootstrap(), spec.spec().topic().value()));
  }

  private synchronized String first(Source source, String topicId) {
    var first = topicIds.putIfAbsent(source, topicId);
    return first == null ? topicId : first;
  }

  /** One consumer's. */
  static final class FirstSight {
    private final FirstSights all;
    private final Source source;

    private FirstSight(FirstSights all, Source source) {
      this.all = all;
      this.source = source;
    }

    /** There is no topic of that name. */
    void none() {
      all.first(source, NONE);
    }

    /** Somebody saw the topic just now. */
    void saw(TopicState topic, Instant now) {
      all.lately.saw(source.bootstrap(), topic, now);
    }

    /** What anybody saw of it, if that was not before {@code earliest}. */
    Optional<TopicState> seenSince(Instant earliest) {
      return all.lately.since(source.bootstrap(), source.topic(), earliest);
    }

    /** Whether this topic came after the consumer had met another one, or none. */
    boolean isLater(TopicState topic) {
      return !all.first(source, topic.id()).equals(topic.id());
    }
  }
}
