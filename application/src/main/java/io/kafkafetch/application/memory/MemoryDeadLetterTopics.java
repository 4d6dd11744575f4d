package io.kafkafetch.application.memory;

import io.kafkafetch.application.driven.ClusterGroups.LogRange;
import io.kafkafetch.application.driven.DeadLetterTopics;
import io.kafkafetch.domain.consumer.ClusterAddress;
import io.kafkafetch.domain.processor.SourcePartition;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What is in dead-letter topics in memory. What is deleted is hidden, not freed. */
final class MemoryDeadLetterTopics implements DeadLetterTopics {
  private static final int MOST_AT_ONCE = 200;

  private final MemoryTopics topics;
  private final Map<SourcePartition, Long> starts = new ConcurrentHashMap<>();

  MemoryDeadLetterTopics(MemoryTopics topics) {
    this.topics = topics;
  }

  @Override
  public Optional<Extent> extent(ClusterAddress cluster, String topic) {
    return topics
        .find(topic)
        .map(found -> {
          var ranges = new TreeMap<Integer, LogRange>();
          for (var log : found.logs()) {
            ranges.put(log.source().partition(), new LogRange(start(log), log.end()));
          }
          return new Extent(found.id(), ranges);
        });
  }

  private long start(MemoryLog log) {
    return starts.getOrDefault(log.source(), 0L);
  }

  @Override
  public Reader open(ClusterAddress cluster, String topic, String topicId) {
    return new Reader() {
      @Override
      public Chunk read(int partition, long from, long end, Duration atMost) {
        var log = topics.require(topic).log(partition);
        long first = Math.clamp(start(log), from, end);
        int most = (int) Math.min(MOST_AT_ONCE, end - first);
        var records = log.read(first, most);
        return new Chunk(records, records.map(it -> it.nextOffset()).orElse(end));
      }

      @Override
      public void close() {
        // Nothing is held.
      }
    };
  }

  @Override
  public void deleteBefore(ClusterAddress cluster, String topic, int partition, long offset) {
    topics
        .find(topic)
        .map(found -> found.log(partition).source())
        .ifPresent(source -> starts.merge(source, offset, Math::max));
  }
}
