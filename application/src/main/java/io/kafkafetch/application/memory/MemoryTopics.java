package io.kafkafetch.application.memory;

import io.kafkafetch.domain.consumer.TopicName;
import io.kafkafetch.domain.processor.SourcePartition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The topics of one broker. Thread-safe; every access to the map is made under its monitor. */
final class MemoryTopics {
  private static final int MAX_PARTITIONS = 10_000;

  private final Map<String, Topic> topics = new HashMap<>();
  private final Runnable onChange;

  MemoryTopics(Runnable onChange) {
    this.onChange = onChange;
  }

  /**
   * A topic as it is now.
   *
   * @param id of this incarnation
   * @param turns whose turn it is among the partitions, for records without a key
   */
  record Topic(String name, String id, List<MemoryLog> logs, AtomicInteger turns) {
    static Topic of(String name, int partitions) {
      var id = UUID.randomUUID().toString();
      return new Topic(name, id, List.of(), new AtomicInteger()).with(partitions);
    }

    Topic with(int partitions) {
      var added =
          IntStream.range(logs.size(), partitions)
              .mapToObj(number -> new MemoryLog(new SourcePartition(name, id, number)));
      return new Topic(name, id, Stream.concat(logs.stream(), added).toList(), turns);
    }

    MemoryLog log(int partition) {
      if (partition < 0 || partition >= logs.size()) {
        throw new IllegalArgumentException(
            "The topic " + name + " has the partitions 0 to " + (logs.size() - 1));
      }
      return logs.get(partition);
    }
  }

  /**
   * Makes a topic.
   *
   * @throws IllegalStateException when there is one of that name
   */
  void create(String name, int partitions) {
    var legal = new TopicName(name);
    requirePartitions(partitions);
    synchronized (topics) {
      if (topics.putIfAbsent(legal.value(), Topic.of(name, partitions)) != null) {
        throw new IllegalStateException("There is a topic " + name + " already");
      }
    }
    onChange.run();
  }

  /** The topic, made with one partition when it is missing. */
  Topic findOrCreate(String name) {
    var legal = new TopicName(name);
    boolean missing;
    Topic topic;
    synchronized (topics) {
      missing = !topics.containsKey(name);
      topic = topics.computeIfAbsent(legal.value(), wanted -> Topic.of(wanted, 1));
    }
    if (missing) {
      onChange.run();
    }
    return topic;
  }

  void grow(String name, int partitions) {
    requirePartitions(partitions);
    synchronized (topics) {
      var topic = require(name);
      if (partitions < topic.logs().size()) {
        throw new IllegalArgumentException(
            "The topic " + name + " has " + topic.logs().size() + " partitions already");
      }
      topics.put(name, topic.with(partitions));
    }
    onChange.run();
  }

  void delete(String name) {
    synchronized (topics) {
      topics.remove(require(name).name());
    }
    onChange.run();
  }

  Optional<Topic> find(String name) {
    synchronized (topics) {
      return Optional.ofNullable(topics.get(name));
    }
  }

  /** The topic of that name, which the caller has made. */
  Topic require(String name) {
    return find(name).orElseThrow(() -> new IllegalStateException("There is no topic " + name));
  }

  private static void requirePartitions(int partitions) {
    if (partitions < 1 || partitions > MAX_PARTITIONS) {
      throw new IllegalArgumentException(
          "A topic has 1 to " + MAX_PARTITIONS + " partitions, not " + partitions);
    }
  }
}
