package io.kafkafetch.application.groups;

import io.kafkafetch.application.driven.ClusterGroups;
import io.kafkafetch.domain.consumer.ClusterAddress;
import io.kafkafetch.domain.lag.CommittedOffset;
import io.kafkafetch.domain.lag.TopicPartitionName;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A cluster that answers what it is told to, and counts the questions. */
final class CountingGroups implements ClusterGroups, ClusterGroups.Session {
  final Map<String, Integer> questions = new TreeMap<>();
  final Map<String, Map<TopicPartitionName, CommittedOffset>> committed = new HashMap<>();
  final Map<TopicPartitionName, LogRange> ranges = new HashMap<>();
  final Map<TopicPartitionName, Map<Long, Instant>> timestamps = new HashMap<>();

  /** A partition from 0, of a topic of its own, with records from start to end. */
  void partition(String topic, long start, long end) {
    ranges.put(new TopicPartitionName(topic, 0), new LogRange(start, end));
  }

  void commit(String group, String topic, long offset) {
    committed
        .computeIfAbsent(group, _ -> new HashMap<>())
        .put(new TopicPartitionName(topic, 0), new CommittedOffset(offset, ""));
  }

  void record(String topic, long offset, Instant at) {
    timestamps
        .computeIfAbsent(new TopicPartitionName(topic, 0), _ -> new HashMap<>())
        .put(offset, at);
  }

  private void asked(String question) {
    questions.merge(question, 1, Integer::sum);
  }

  @Override
  public <T> T ask(ClusterAddress cluster, Questions<T> all) {
    asked("connect");
    return all.ask(this);
  }

  @Override
  public Set<String> groups() {
    asked("groups");
    return committed.keySet();
  }

  @Override
  public Map<String, Map<TopicPartitionName, CommittedOffset>> committed(
      Collection<String> groups) {
    asked("committed");
    var found = new HashMap<String, Map<TopicPartitionName, CommittedOffset>>();
    groups.forEach(group -> found.put(group, committed.getOrDefault(group, Map.of())));
    return found;
  }

  @Override
  public Map<String, Integer> partitions(Collection<String> topics) {
    asked("partitions");
    var found = new HashMap<String, Integer>();
    ranges.keySet().stream()
        .filter(name -> topics.contains(name.topic()))
        .forEach(name -> found.merge(name.topic(), 1, Integer::sum));
    return found;
  }

  @Override
  public Map<TopicPartitionName, LogRange> logRanges(Collection<TopicPartitionName> partitions) {
    asked("log ranges");
    var found = new HashMap<>(ranges);
    found.keySet().retainAll(partitions);
    return found;
  }

  @Override
  public Map<TopicPartitionName, Map<Long, Instant>> timestampsAt(
      Map<TopicPartitionName, Set<Long>> offsets) {
    asked("timestamps");
    var found = new HashMap<TopicPartitionName, Map<Long, Instant>>();
    offsets.forEach((name, wanted) -> {
      var those = new HashMap<>(timestamps.getOrDefault(name, Map.of()));
      those.keySet().retainAll(wanted);
      found.put(name, those);
    });
    return found;
  }

  @Override
  public Map<TopicPartitionName, Optional<Long>> offsetsAt(Map<TopicPartitionName, Instant> times) {
    throw new AssertionError("Nobody asks that");
  }

  @Override
  public List<String> membersOf(String group) {
    throw new AssertionError("Nobody asks that");
  }

  @Override
  public void commit(String group, Map<TopicPartitionName, CommittedOffset> offsets) {
    throw new AssertionError("Nobody moves a group");
  }

  @Override
  public Map<String, String> topicIds(Collection<String> topics) {
    throw new AssertionError("Nobody asks that");
  }
}
