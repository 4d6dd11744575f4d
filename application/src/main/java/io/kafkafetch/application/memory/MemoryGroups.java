package io.kafkafetch.application.memory;

import io.kafkafetch.application.driven.ClusterGroups;
import io.kafkafetch.domain.consumer.ClusterAddress;
import io.kafkafetch.domain.lag.CommittedOffset;
import io.kafkafetch.domain.lag.TopicPartitionName;
import io.kafkafetch.domain.processor.RecordBatch;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The groups of one broker in memory; whatever cluster is named, it is this one. Thread-safe. */
final class MemoryGroups implements ClusterGroups, ClusterGroups.Session {
  private final MemoryTopics topics;
  private final Map<String, MemoryGroup> groups;

  MemoryGroups(MemoryTopics topics, Map<String, MemoryGroup> groups) {
    this.topics = topics;
    this.groups = groups;
  }

  @Override
  public <T> T ask(ClusterAddress cluster, Questions<T> questions) {
    return questions.ask(this);
  }

  @Override
  public Set<String> groups() {
    return Set.copyOf(groups.keySet());
  }

  @Override
  public Map<String, Map<TopicPartitionName, CommittedOffset>> committed(Collection<String> names) {
    var committed = new HashMap<String, Map<TopicPartitionName, CommittedOffset>>();
    for (var name : names) {
      var group = groups.get(name);
      committed.put(name, group == null ? Map.of() : group.committed());
    }
    return committed;
  }

  @Override
  public Map<String, Integer> partitions(Collection<String> names) {
    var found = new HashMap<String, Integer>();
    names.forEach(
        name -> topics.find(name).ifPresent(topic -> found.put(name, topic.logs().size())));
    return found;
  }

  @Override
  public Map<String, String> topicIds(Collection<String> names) {
    var found = new HashMap<String, String>();
    names.forEach(name -> topics.find(name).ifPresent(topic -> found.put(name, topic.id())));
    return found;
  }

  @Override
  public Map<TopicPartitionName, LogRange> logRanges(Collection<TopicPartitionName> partitions) {
    var ranges = new HashMap<TopicPartitionName, LogRange>();
    partitions.forEach(
        name -> log(name).ifPresent(log -> ranges.put(name, new LogRange(0, log.end()))));
    return ranges;
  }

  @Override
  public Map<TopicPartitionName, Map<Long, Instant>> timestampsAt(
      Map<TopicPartitionName, Set<Long>> offsets) {
    var found = new HashMap<TopicPartitionName, Map<Long, Instant>>();
    offsets.forEach((name, wanted) -> {
      var those = found.computeIfAbsent(name, _ -> new HashMap<>());
      for (long offset : wanted) {
        log(name)
            .flatMap(log -> log.read(offset, 1))
            .ifPresent(batch -> those.put(offset, Instant.ofEpochMilli(batch.timestamp(0))));
      }
    });
    return found;
  }

  @Override
  public Map<TopicPartitionName, Optional<Long>> offsetsAt(Map<TopicPartitionName, Instant> times) {
    var found = new HashMap<TopicPartitionName, Optional<Long>>();
    times.forEach((name, time) ->
        log(name)
            .ifPresent(log ->
                found.put(
                    name,
                    log.read(0, Integer.MAX_VALUE)
                        .flatMap(batch -> firstAt(batch, time.toEpochMilli())))));
    return found;
  }

  private static Optional<Long> firstAt(RecordBatch batch, long millis) {
    for (int i = 0; i < batch.size(); i++) {
      if (batch.timestamp(i) >= millis) {
        return Optional.of(batch.offset(i));
      }
    }
    return Optional.empty();
  }

  @Override
  public List<String> membersOf(String name) {
    var group = groups.get(name);
    return group == null ? List.of() : group.memberNames();
  }

  @Override
  public void commit(String name, Map<TopicPartitionName, CommittedOffset> offsets) {
    groups.computeIfAbsent(name, _ -> new MemoryGroup(topics)).move(offsets);
  }

  private Optional<MemoryLog> log(TopicPartitionName name) {
    return topics
        .find(name.topic())
        .filter(topic -> name.partition() < topic.logs().size())
        .map(topic -> topic.log(name.partition()));
  }
}
