package io.kafkafetch.adapter.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** The partitions of a lending member. Belongs to its polling thread, on which Kafka calls back. */
final class LentPartitions implements ConsumerRebalanceListener {
  /** How long a rebalance may wait for answers that are being written. */
  private static final long REVOKE_NANOS = Duration.ofSeconds(2).toNanos();

  private static final long LOOK_NANOS = Duration.ofMillis(1).toNanos();

  private final Consumer<byte[], byte[]> consumer;
  private final Mailbox mailbox;
  private final Map<TopicPartition, LentPartition> all = new LinkedHashMap<>();
  private boolean assigned;
  private boolean revoking;

  LentPartitions(Consumer<byte[], byte[]> consumer, Mailbox mailbox) {
    this.consumer = consumer;
    this.mailbox = mailbox;
  }

  /** Whether the group has assigned partitions, be it none, for the topics of now. */
  boolean isAssigned() {
    return assigned;
  }

  /** The topics change. */
  void unassigned() {
    assigned = false;
  }

  /** Whether partitions are being given back just now. */
  boolean isRevoking() {
    return revoking;
  }

  /** Gives a call what was read already, from as few partitions as will do. */
  void fill(Lending call) {
    for (var partition : all.values()) {
      while (!call.isFull() && partition.isFor(call) && !partition.read.isEmpty()) {
        call.take(partition);
      }
    }
  }

  /** Reads on where somebody waits and nothing is at hand, and nowhere else. */
  void regulate(Collection<Lending> waiting, Collection<Replay> replays) {
    for (var partition : all.values()) {
      boolean wanted =
          partition.read.isEmpty()
              && (waiting.stream().anyMatch(partition::isFor)
                  || replays.stream().anyMatch(replay -> replay.isOf(partition)));
      if (wanted && partition.paused) {
        consumer.resume(List.of(partition.partition));
      } else if (!wanted && !partition.paused) {
        consumer.pause(List.of(partition.partition));
      }
      partition.paused = !wanted;
    }
  }

  void keep(ConsumerRecords<byte[], byte[]> records) {
    for (var of : records.partitions()) {
      var partition = all.get(of);
      if (partition != null) {
        partition.read.addAll(records.records(of));
      }
    }
  }

  /** Where to go on after what a call was lent. */
  Map<TopicPartition, OffsetAndMetadata> offsets(Lending call) {
    var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
    for (var partition : call.held()) {
      // With nothing left at hand, whatever is no record before the position is read, too.
      long next =
          partition.read.isEmpty()
              ? Math.max(partition.lentTo, consumer.position(partition.partition))
              : partition.lentTo;
      offsets.put(partition.partition, new OffsetAndMetadata(next));
    }
    return offsets;
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> added) {
    assigned = true;
    for (var partition : added) {
      all.put(partition, new LentPartition(partition));
    }
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> taken) {
    revoking = true;
    try {
      long until = System.nanoTime() + REVOKE_NANOS;
      while (taken.stream().anyMatch(this::isBeingAnswered) && System.nanoTime() - until < 0) {
        mailbox.runAll();
        LockSupport.parkNanos(LOOK_NANOS);
      }
    } finally {
      revoking = false;
    }
    onPartitionsLost(taken);
  }

  private boolean isBeingAnswered(TopicPartition of) {
    var partition = all.get(of);
    return partition != null && partition.holder != null && partition.holder.isBeingAnswered();
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> taken) {
    for (var of : taken) {
      var partition = all.remove(of);
      if (partition != null && partition.holder != null) {
        partition.holder.partitionLost(of);
      }
    }
  }
}
