package io.kafkafetch.domain.lag;

import java.util.Comparator;

/**
 * A partition of a topic, by name.
 *
 * @param partition from 0
 */
public record TopicPartitionName(String topic, int partition)
    implements Comparable<TopicPartitionName> {
  private static final Comparator<TopicPartitionName> ORDER =
      Comparator.comparing(TopicPartitionName::topic)
          .thenComparingInt(TopicPartitionName::partition);

  @Override
  public int compareTo(TopicPartitionName other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return topic + "-" + partition;
  }
}
