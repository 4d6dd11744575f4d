package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.driving.OutgoingRecord;
import io.kafkafetch.application.driving.Refusal;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.utils.Utils;

/**
 * What is known of the topics that are written to. A topic's first record costs a question to the
 * cluster, since the producer itself would wait for a missing topic until its patience ends. Safe
 * for any thread.
 */
final class WritableTopics {
  /** The producer's own knowledge, which it renews by itself, is read so often at most. */
  private static final long FRESH_NANOS = Duration.ofMillis(100).toNanos();

  private static final int MOST_TOPICS = 10_000;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final SharedProducer producer;
  private final Supplier<Admin> admin;
  private final AutoCreation creation;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  WritableTopics(SharedProducer producer, Supplier<Admin> admin) {
    this.producer = producer;
    this.admin = admin;
    this.creation = new AutoCreation(admin);
  }

  /**
   * A topic as the producer knew it a moment ago.
   *
   * @param leaderless the partitions that have no leader
   */
  record Known(String topic, int partitions, BitSet leaderless, long readAt) {
    /** Refuses a record whose partition nobody could take now. */
    void requireLeader(OutgoingRecord record) {
      if (leaderless.isEmpty()) {
        return;
      }
      int partition = partitionOf(record);
      boolean none =
          partition < 0 ? leaderless.cardinality() == partitions : leaderless.get(partition);
      if (none) {
        throw new Refusal.Unavailable(
            partition < 0
                ? "No partition of the topic " + topic + " has a leader, nothing was sent"
                : "Partition "
                    + partition
                    + " of the topic "
                    + topic
                    + " has no leader, nothing was sent",
            RETRY_AFTER);
      }
    }

    /** Where the producer will put it; negative where it is free to choose. */
    private int partitionOf(OutgoingRecord record) {
      if (record.partition().isPresent()) {
        return record.partition().getAsInt();
      }
      var key = record.key();
      return key == null ? -1 : Utils.toPositive(Utils.murmur2(key)) % partitions;
    }
  }

  /** The topic, known to be there. */
  Known find(String topic) {
    var found = known.get(topic);
    if (found != null && System.nanoTime() - found.readAt() < FRESH_NANOS) {
      return found;
    }
    producer.requireReachable();
    try {
      if (found == null) {
        discover(topic);
      }
      return remember(topic, producer.get().partitionsFor(topic));
    } catch (KafkaException | IllegalStateException e) {
      known.remove(topic);
      producer.failed(e);
      throw PublishFaults.unsent(topic, e);
    }
  }

  /** The topic as the cluster has it now. */
  Known findNow(String topic) {
    var found = find(topic);
    try {
      int partitions =
          PartitionOffsets.describe(admin.get(), topic)
              .map(TopicState::partitions)
              .orElse(found.partitions());
      return new Known(topic, partitions, found.leaderless(), found.readAt());
    } catch (KafkaException e) {
      throw PublishFaults.unsent(topic, e);
    }
  }

  private void discover(String topic) {
    boolean there = PartitionOffsets.describe(admin.get(), topic).isPresent();
    if (!there && !creation.mayBeOn()) {
      throw PublishFaults.noSuchTopic(topic);
    }
  }

  private Known remember(String topic, List<PartitionInfo> partitions) {
    var leaderless = new BitSet();
    for (var partition : partitions) {
      if (partition.leader() == null) {
        leaderless.set(partition.partition());
      }
    }
    var now = new Known(topic, partitions.size(), leaderless, System.nanoTime());
    if (known.size() >= MOST_TOPICS) {
      // Nothing is lost but a question that is asked again.
      known.clear();
    }
    known.put(topic, now);
    return now;
  }
}
