package io.kafkafetch.application.offsets;

import io.kafkafetch.application.delivery.CommitMark;
import io.kafkafetch.application.driven.ClusterGroups.LogRange;
import io.kafkafetch.application.driven.ClusterGroups.Session;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.domain.consumer.ConsumerSpec;
import io.kafkafetch.domain.lag.CommittedOffset;
import io.kafkafetch.domain.lag.PartitionLag;
import io.kafkafetch.domain.lag.TopicPartitionName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A topic and what a group has committed for it, as the cluster told just now.
 *
 * @param topicId this incarnation of the topic
 * @param ranges what each partition holds
 * @param committed what the group has committed for this incarnation
 */
record TopicSight(
    String topic,
    String topicId,
    SortedMap<Integer, LogRange> ranges,
    SortedMap<Integer, CommittedOffset> committed) {

  /** Asks for all of it. */
  static TopicSight of(Session session, ConsumerSpec spec) {
    var topic = spec.topic().value();
    var partitions = session.partitions(List.of(topic)).get(topic);
    var topicId = session.topicIds(List.of(topic)).get(topic);
    if (partitions == null || topicId == null) {
      throw new Refusal.NotFound("Topic '" + topic + "' not found.");
    }
    var names =
        IntStream.range(0, partitions).mapToObj(i -> new TopicPartitionName(topic, i)).toList();
    var ranges = new TreeMap<Integer, LogRange>();
    session.logRanges(names).forEach((name, range) -> ranges.put(name.partition(), range));
    if (ranges.size() != partitions) {
      throw new Refusal.Unavailable(
          "Kafka does not say what every partition of topic '" + topic + "' holds",
          Duration.ofSeconds(2));
    }
    var group = spec.group().value();
    return new TopicSight(
        topic,
        topicId,
        ranges,
        committed(session.committed(List.of(group)).getOrDefault(group, Map.of()), topic, topicId));
  }

  private static SortedMap<Integer, CommittedOffset> committed(
      Map<TopicPartitionName, CommittedOffset> all, String topic, String topicId) {
    var committed = new TreeMap<Integer, CommittedOffset>();
    all.forEach((name, offset) -> {
      // What was committed for a topic that is gone says nothing about the one of the same name.
      boolean current =
          CommitMark.topic(offset.metadata())
              .map(era -> era.topicId().equals(topicId))
              .orElse(true);
      if (name.topic().equals(topic) && current) {
        committed.put(name.partition(), offset);
      }
    });
    return committed;
  }

  SortedMap<Integer, PartitionLag> lags() {
    var lags = new TreeMap<Integer, PartitionLag>();
    ranges.forEach((partition, range) ->
        lags.put(partition, new PartitionLag(offset(partition), range.start(), range.end())));
    return lags;
  }

  OptionalLong offset(int partition) {
    var offset = committed.get(partition);
    return offset == null ? OptionalLong.empty() : OptionalLong.of(offset.offset());
  }

  /** The highest replay generation that any commit of the group is of; zero when none tells. */
  long generation() {
    return committed.values().stream()
        .mapToLong(offset ->
            switch (CommitMark.read(offset.metadata())) {
              case CommitMark.Ours ours -> ours.generation();
              case CommitMark.Moved moved -> moved.generation();
              case CommitMark.Undecided _, CommitMark.Foreign _ -> 0;
            })
        .max()
        .orElse(0);
  }

  /** The topic as it was when the group began with it, told by any of its commits. */
  CommitMark.TopicEra era() {
    int partitions =
        committed.values().stream()
            .map(offset -> CommitMark.topic(offset.metadata()))
            .flatMap(Optional::stream)
            .mapToInt(CommitMark.TopicEra::partitions)
            .min()
            .orElse(ranges.size());
    return new CommitMark.TopicEra(topicId, partitions);
  }
}
