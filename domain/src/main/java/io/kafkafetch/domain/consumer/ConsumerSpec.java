package io.kafkafetch.domain.consumer;

import java.util.List;

/**
 * What is wanted of a consumer.
 *
 * @param cluster the Kafka cluster to read from
 * @param topic the topic to read
 * @param group the consumer group to read as
 * @param processors each of them gets every record; may be empty
 * @param tasksMax how many members of the group run in the whole fleet, at least 1
 * @param offsetReset where a partition without a committed offset begins
 */
public record ConsumerSpec(
    ClusterAddress cluster,
    TopicName topic,
    GroupId group,
    List<ProcessorSpec> processors,
    int tasksMax,
    OffsetReset offsetReset,
    DeliveryPolicy delivery) {
  public ConsumerSpec {
    processors = List.copyOf(processors);
    if (tasksMax < 1) {
      throw new IllegalArgumentException("At least one task, not " + tasksMax);
    }
  }

  /** Whether both read the same partitions as the same group from the same cluster. */
  public boolean sameSourceAs(ConsumerSpec other) {
    return cluster.equals(other.cluster) && topic.equals(other.topic) && group.equals(other.group);
  }

  /** The topic that this consumer's dead letters go to. */
  public TopicName deadLetterTopic() {
    return delivery.deadLetter().topicFor(topic, group);
  }
}
