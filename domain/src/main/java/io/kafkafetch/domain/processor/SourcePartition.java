package io.kafkafetch.domain.processor;

/**
 * A partition of one incarnation of a topic.
 *
 * @param topic the topic's name
 * @param topicId the id that Kafka gave this incarnation (KIP-516): a topic that was deleted and
 *     made anew has another one, so that what a sink remembers of the old is not taken for the new
 * @param partition the partition's number, from 0
 */
public record SourcePartition(String topic, String topicId, int partition) {
  @Override
  public String toString() {
    return topic + "-" + partition;
  }
}
