package io.kafkafetch.domain.consumer;

import java.util.Optional;

/**
 * What happens to a record that a sink will never take.
 *
 * @param enabled whether it goes to a dead-letter topic; if not, the consumer turns ERROR
 * @param topic the dead-letter topic; empty for {@code <topic>.<consumer_group>.dead-letter}
 */
public record DeadLetterPolicy(boolean enabled, Optional<TopicName> topic) {
  /** Enabled, with the default topic. */
  public static final DeadLetterPolicy DEFAULT = new DeadLetterPolicy(true, Optional.empty());

  private static final int MAX_TOPIC_LENGTH = 249;
  private static final String SUFFIX = ".dead-letter";

  /** The topic that dead letters of this source and group go to. */
  public TopicName topicFor(TopicName source, GroupId group) {
    return topic.orElseGet(() -> new TopicName(defaultTopic(source.value(), group.value())));
  }

  /** A group id may hold what a topic name may not, and both together may be too long. */
  private static String defaultTopic(String source, String group) {
    var wanted = source + "." + group + SUFFIX;
    var legal = wanted.replaceAll("[^a-zA-Z0-9._-]", "_");
    if (legal.equals(wanted) && legal.length() <= MAX_TOPIC_LENGTH) {
      return legal;
    }
    // Two groups that differ only in what was replaced or cut must not share a topic.
    var distinct = "-" + Integer.toHexString(wanted.hashCode()) + SUFFIX;
    var stem = legal.substring(0, legal.length() - SUFFIX.length());
    return stem.substring(0, Math.min(stem.length(), MAX_TOPIC_LENGTH - distinct.length()))
        + distinct;
  }
}
