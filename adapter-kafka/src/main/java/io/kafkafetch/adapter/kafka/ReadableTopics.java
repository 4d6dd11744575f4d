package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.driving.Refusal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** Whether topics are there, and the cluster too, as of a second ago. Safe for any thread. */
final class ReadableTopics {
  private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();
  private static final int MOST_TOPICS = 10_000;

  private final Supplier<Admin> admin;
  private final Map<String, Seen> seen = new ConcurrentHashMap<>();

  private record Seen(TopicState topic, long at) {}

  ReadableTopics(Supplier<Admin> admin) {
    this.admin = admin;
  }

  /**
   * The topic.
   *
   * @throws Refusal.NotFound when there is none of that name
   * @throws Refusal.Unavailable when Kafka cannot be reached
   */
  TopicState require(String topic) {
    var last = seen.get(topic);
    if (last != null && System.nanoTime() - last.at() < FRESH_NANOS) {
      return last.topic();
    }
    try {
      var found = PartitionOffsets.describe(admin.get(), topic);
      if (found.isEmpty()) {
        seen.remove(topic);
        throw ReadFaults.noSuchTopic();
      }
      if (seen.size() >= MOST_TOPICS) {
        seen.clear();
      }
      seen.put(topic, new Seen(found.get(), System.nanoTime()));
      return found.get();
    } catch (KafkaException fault) {
      throw ReadFaults.refusal("", fault);
    }
  }
}
