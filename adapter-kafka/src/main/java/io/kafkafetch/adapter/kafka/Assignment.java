package io.kafkafetch.adapter.kafka;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions that the member is assigned, as they come and go. Belongs to the polling thread,
 * on which the client also calls back, from within its poll.
 */
final class Assignment implements ConsumerRebalanceListener {
  /** How long a revocation waits for deliveries under way. */
  static final Duration REVOCATION_WAIT = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(Assignment.class);

  private final String name;
  private final Consumer<byte[], byte[]> consumer;
  private final SlotOpening opening;
  private final Commits commits;
  private final InstantSource clock;
  private final Runnable onRebalance;
  private final Map<TopicPartition, Slot> slots = new HashMap<>();

  Assignment(
      String name,
      Consumer<byte[], byte[]> consumer,
      SlotOpening opening,
      Commits commits,
      InstantSource clock,
      Runnable onRebalance) {
    this.name = name;
    this.consumer = consumer;
    this.opening = opening;
    this.commits = commits;
    this.clock = clock;
    this.onRebalance = onRebalance;
  }

  Collection<Slot> slots() {
    return slots.values();
  }

  Optional<Slot> slot(TopicPartition partition) {
    return Optional.ofNullable(slots.get(partition));
  }

  Optional<Slot> slotOf(PartitionWorker worker) {
    return slots.values().stream().filter(slot -> slot.worker == worker).findFirst();
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    onRebalance.run();
    if (!partitions.isEmpty()) {
      LOG.info("{} is assigned {}", name, partitions);
    }
    var assigned = new ArrayList<Slot>();
    for (var partition : partitions) {
      // A position of any kind keeps the client from looking for one itself; nothing is fetched.
      consumer.pause(List.of(partition));
      consumer.seek(partition, 0);
      var slot = new Slot(partition);
      slots.put(partition, slot);
      assigned.add(slot);
    }
    opening.place(assigned);
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    release(partitions, true);
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    // A member that was taken out of its group to close has let go of all of them before.
    var open = partitions.stream().filter(slots::containsKey).toList();
    if (!open.isEmpty()) {
      LOG.warn("{} has lost {}, whose last deliveries may be repeated", name, open);
    }
    release(open, false);
  }

  /** Finishes the deliveries of all partitions and commits them. */
  void releaseAll() {
    release(List.copyOf(slots.keySet()), true);
  }

  private void release(Collection<TopicPartition> partitions, boolean commit) {
    var going =
        partitions.stream().flatMap(p -> Optional.ofNullable(slots.remove(p)).stream()).toList();
    going.forEach(Slot::retire);
    if (commit && !going.isEmpty()) {
      awaitDeliveries(going);
      commits.commitDurableNow(going, REVOCATION_WAIT, clock.instant());
    }
    going.forEach(slot -> slot.gone = true);
  }

  private void awaitDeliveries(List<Slot> going) {
    long deadline = System.nanoTime() + REVOCATION_WAIT.toNanos();
    for (var slot : going) {
      long left = Math.max(0, (deadline - System.nanoTime()) / 1_000_000);
      if (!slot.awaitClosed(left)) {
        LOG.warn(
            "{}: the delivery of {} does not end, so it is given up uncommitted",
            name,
            slot.partition);
      }
    }
  }
}
