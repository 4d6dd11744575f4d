package io.kafkafetch.adapter.kafka;

import io.kafkafetch.domain.consumer.ClusterAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the topics that dead letters go to: one partition, so that letters keep their order, kept
 * for ever, with room for the headers that say where from and why, replicated as the cluster does
 * by default. A topic that somebody made before us is left as it is.
 *
 * <p>The producer asks brokers to create what is missing, and no setting forbids that: where a
 * topic of ours is deleted, one may take its place that deletes letters after a week. So a topic is
 * looked at again and again while letters come, and given our settings when it was made anew.
 */
final class LetterTopics {
  private static final Logger LOG = LoggerFactory.getLogger(LetterTopics.class);

  /** The source's largest record and our headers must both fit. */
  private static final int HEADER_ROOM = 64 << 10;

  private static final int DEFAULT_MAX_MESSAGE_BYTES = 1_048_588;
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /** Letters that follow each other closely do not all pay for a look. */
  private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

  /** How long a new setting takes to come to every broker, at most. */
  private static final long SPREADING_NANOS = Duration.ofSeconds(30).toNanos();

  /** Bounded by the consumers that there were; one that is not in it costs a look. */
  private final Map<Known, Seen> seen = new ConcurrentHashMap<>();

  /** When topics were given more room. */
  private final Map<Known, Long> enlarged = new ConcurrentHashMap<>();

  /** A topic of a cluster. */
  record Known(ClusterAddress cluster, String topic) {}

  /** Which incarnation of it was seen, when. */
  private record Seen(String topicId, long at) {}

  /** The topic is there when this returns, unless somebody deletes it at once. */
  void ensure(Admin admin, Known topic, String source) {
    var before = seen.get(topic);
    if (before == null || System.nanoTime() - before.at() > LOOK_NANOS) {
      look(admin, topic, source);
    }
  }

  /** Looks whether the topic is the one that it was. */
  void look(Admin admin, Known topic, String source) {
    var before = seen.get(topic);
    var found = PartitionOffsets.describe(admin, topic.topic());
    if (found.isEmpty()) {
      create(admin, topic.topic(), source);
      found = PartitionOffsets.describe(admin, topic.topic());
    } else if (before != null && !before.topicId().equals(found.get().id())) {
      LOG.warn("The dead-letter topic {} was deleted and made anew", topic.topic());
      settle(admin, topic.topic(), settings(admin, source));
    }
    found.ifPresent(it -> seen.put(topic, new Seen(it.id(), System.nanoTime())));
  }

  private static void create(Admin admin, String topic, String source) {
    // As many replicas as the cluster gives a topic for which nobody says.
    var wanted =
        new NewTopic(topic, Optional.of(1), Optional.empty()).configs(settings(admin, source));
    try {
      AdminAnswers.get(admin.createTopics(List.of(wanted)).all(), TIMEOUT);
      LOG.info("The dead-letter topic {} is made", topic);
    } catch (TopicExistsException other) {
      LOG.debug("Another server has made the dead-letter topic {}", topic);
    }
  }

  private static Map<String, String> settings(Admin admin, String source) {
    return Map.of(
        TopicConfig.RETENTION_MS_CONFIG,
        "-1",
        TopicConfig.RETENTION_BYTES_CONFIG,
        "-1",
        TopicConfig.CLEANUP_POLICY_CONFIG,
        TopicConfig.CLEANUP_POLICY_DELETE,
        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
        Integer.toString(room(admin, source)));
  }

  private static int room(Admin admin, String source) {
    try {
      return maxMessageBytes(admin, source) + HEADER_ROOM;
    } catch (AuthorizationException hidden) {
      // Whoever may read records need not be allowed to read settings.
      return DEFAULT_MAX_MESSAGE_BYTES + HEADER_ROOM;
    }
  }

  /** What nobody has set for the topic itself is set as we would have. */
  private static void settle(Admin admin, String topic, Map<String, String> wanted) {
    var config = config(admin, topic);
    var changes = new ArrayList<AlterConfigOp>();
    wanted.forEach((name, value) -> {
      var entry = config.get(name);
      if (entry == null || entry.source() != ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG) {
        changes.add(set(name, value));
      }
    });
    alter(admin, topic, changes);
  }

  /**
   * Makes room for what did not fit: the source may take larger records than when the topic was
   * made, or took this one because it was compressed there.
   *
   * @param bytes of the record, without our headers
   * @return whether there is more room now, or will be as soon as each broker has heard of it
   */
  boolean enlarge(Admin admin, Known topic, String source, long bytes) {
    int wanted = Math.max(room(admin, source), Math.toIntExact(bytes + HEADER_ROOM));
    if (maxMessageBytes(admin, topic.topic()) >= wanted) {
      var at = enlarged.get(topic);
      return at != null && System.nanoTime() - at < SPREADING_NANOS;
    }
    alter(
        admin,
        topic.topic(),
        List.of(set(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(wanted))));
    enlarged.put(topic, System.nanoTime());
    LOG.info("The dead-letter topic {} takes records of {} bytes now", topic.topic(), wanted);
    return true;
  }

  private static AlterConfigOp set(String name, String value) {
    return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
  }

  private static void alter(Admin admin, String topic, List<AlterConfigOp> changes) {
    if (!changes.isEmpty()) {
      AdminAnswers.get(
          admin.incrementalAlterConfigs(Map.of(resource(topic), changes)).all(), TIMEOUT);
    }
  }

  private static int maxMessageBytes(Admin admin, String topic) {
    var entry = config(admin, topic).get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
    return entry == null ? DEFAULT_MAX_MESSAGE_BYTES : Integer.parseInt(entry.value());
  }

  private static Config config(Admin admin, String topic) {
    var resource = resource(topic);
    return Objects.requireNonNull(
        AdminAnswers.get(admin.describeConfigs(Set.of(resource)).all(), TIMEOUT).get(resource));
  }

  private static ConfigResource resource(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic);
  }
}
