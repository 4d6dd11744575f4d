package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.driven.ClusterGroups.LogRange;
import io.kafkafetch.application.driven.DeadLetterTopics;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.domain.consumer.ClusterAddress;
import io.kafkafetch.domain.lag.TopicPartitionName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.OffsetOutOfRangeException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What is in dead-letter topics, read by clients that belong to no group. */
final class KafkaDeadLetterTopics implements DeadLetterTopics {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** Each reader holds a client, its connections and a few MiB. */
  private static final int READERS = 16;

  private final ClusterClients clients;
  private final Semaphore readers = new Semaphore(READERS);

  KafkaDeadLetterTopics(ClusterClients clients) {
    this.clients = clients;
  }

  @Override
  public Optional<Extent> extent(ClusterAddress cluster, String topic) {
    try {
      return clients.ask(
          cluster, admin -> extent(new GroupSession(admin, cluster, clients.properties()), topic));
    } catch (KafkaException fault) {
      throw AdminAnswers.refusal(fault, cluster);
    }
  }

  private static Optional<Extent> extent(GroupSession session, String topic) {
    var id = session.topicIds(List.of(topic)).get(topic);
    if (id == null) {
      return Optional.empty();
    }
    int count = session.partitions(List.of(topic)).getOrDefault(topic, 0);
    var names = new ArrayList<TopicPartitionName>();
    for (int i = 0; i < count; i++) {
      names.add(new TopicPartitionName(topic, i));
    }
    var ranges = new TreeMap<Integer, LogRange>();
    session.logRanges(names).forEach((name, range) -> ranges.put(name.partition(), range));
    return Optional.of(new Extent(id, ranges));
  }

  @Override
  public Reader open(ClusterAddress cluster, String topic, String topicId) {
    if (!readers.tryAcquire()) {
      throw new Refusal.TooMany(
          "Too many dead-letter topics are being read at once", Duration.ofSeconds(2));
    }
    return new LetterClient(cluster, clients.properties(), topic, topicId, readers::release);
  }

  @Override
  public void deleteBefore(ClusterAddress cluster, String topic, int partition, long offset) {
    var where = new TopicPartition(topic, partition);
    try {
      var before = Map.of(where, RecordsToDelete.beforeOffset(offset));
      clients.ask(cluster, admin -> AdminAnswers.get(admin.deleteRecords(before).all(), TIMEOUT));
    } catch (OffsetOutOfRangeException | UnknownTopicOrPartitionException gone) {
      // They are gone already, with the topic or by its retention.
      return;
    } catch (KafkaException fault) {
      throw AdminAnswers.refusal(fault, cluster);
    }
  }
}
