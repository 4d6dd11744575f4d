package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.driving.Gap;
import io.kafkafetch.application.driving.PartitionId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The partitions of a session as they come and go, with what was fetched of them. Belongs to
 * whoever holds the session's lock; the client also calls back, from within its poll, when nobody
 * may.
 */
final class SessionAssignment implements ConsumerRebalanceListener {
  private final Consumer<byte[], byte[]> consumer;
  private final ReentrantLock lock;
  private final Mailbox mailbox;
  private final Map<TopicPartition, SessionPartition> partitions = new HashMap<>();
  private final SessionBuffer buffer = new SessionBuffer();
  private final List<Gap> gaps = new ArrayList<>();
  private final Set<PartitionId> lost = new HashSet<>();

  /** Shown with an empty list when nothing of them is assigned. */
  private List<String> topics = List.of();

  private long era = 1;

  /** Whether the client has not been told of the assignment as it is. */
  private boolean news;

  /** Whether the group has said what is assigned, be it nothing. */
  private boolean assigned;

  /** Whether records may come. */
  private boolean flowing;

  /** Gathers records; they go when their partition does. */
  private @Nullable WaitingFetch waiting;

  SessionAssignment(Consumer<byte[], byte[]> consumer, ReentrantLock lock, Mailbox mailbox) {
    this.consumer = consumer;
    this.lock = lock;
    this.mailbox = mailbox;
  }

  void subscribe(List<String> names) {
    topics = List.copyOf(names);
    consumer.subscribe(names, this);
  }

  /** Leaves the group and takes these. */
  void assign(Collection<PartitionId> wanted) {
    topics = List.of();
    var all = wanted.stream().map(id -> new TopicPartition(id.topic(), id.partition())).toList();
    drop(Set.copyOf(partitions.keySet()));
    era++;
    consumer.unsubscribe();
    consumer.assign(all);
    add(all);
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> added) {
    locked(() -> add(added));
    // Their places are to be found at once, not when the poll is over.
    mailbox.wake();
  }

  private void add(Collection<TopicPartition> added) {
    assigned = true;
    news |= !added.isEmpty();
    consumer.pause(added);
    for (var partition : added) {
      // A position of any kind keeps the client from looking for one itself; nothing is fetched.
      consumer.seek(partition, 0);
      partitions.put(partition, new SessionPartition(partition, era));
    }
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
    if (!revoked.isEmpty()) {
      locked(() -> {
        era++;
        news = true;
        drop(revoked);
      });
    }
  }

  private void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
    } finally {
      lock.unlock();
    }
  }

  private void drop(Collection<TopicPartition> gone) {
    for (var partition : gone) {
      var one = partitions.get(partition);
      if (one != null && one.hasToCommit()) {
        lost.add(one.id);
      }
    }
    partitions.keySet().removeAll(gone);
    forget(gone);
  }

  /** Forgets what was fetched of these and not answered. */
  private void forget(Collection<TopicPartition> gone) {
    buffer.drop(gone);
    if (waiting != null) {
      waiting.drop(gone);
    }
  }

  void waiting(@Nullable WaitingFetch fetch) {
    waiting = fetch;
  }

  boolean isAssigned() {
    return assigned;
  }

  long era() {
    return era;
  }

  Collection<SessionPartition> all() {
    return partitions.values();
  }

  Optional<SessionPartition> find(PartitionId id) {
    return Optional.ofNullable(partitions.get(new TopicPartition(id.topic(), id.partition())));
  }

  /** Whether this very partition is still here, not one that came back. */
  boolean has(SessionPartition one) {
    return one.equals(partitions.get(one.partition));
  }

  Set<TopicPartition> placed() {
    return partitions.values().stream()
        .filter(one -> one.placed)
        .map(one -> one.partition)
        .collect(Collectors.toSet());
  }

  boolean isPlaced() {
    return partitions.values().stream().allMatch(one -> one.placed);
  }

  SessionBuffer buffer() {
    return buffer;
  }

  /** Lets records come, or not. */
  void flow(boolean wanted) {
    if (wanted != flowing) {
      flowing = wanted;
      if (wanted) {
        consumer.resume(placed());
      } else {
        consumer.pause(partitions.keySet());
      }
    }
  }

  /** It is known where to read a partition. */
  void place(SessionPartition one, long offset) {
    consumer.seek(one.partition, offset);
    one.place(offset);
    if (flowing) {
      consumer.resume(List.of(one.partition));
    }
  }

  /** The client wants another place: what was answered before cannot be repeated. */
  void seek(Map<SessionPartition, Long> offsets) {
    era++;
    forget(offsets.keySet().stream().map(one -> one.partition).toList());
    offsets.forEach((one, offset) -> {
      one.since = era;
      place(one, offset);
    });
  }

  /** Goes back to what was answered but, as it turned out, did not arrive. */
  void rewind(SessionPartition one, long offset) {
    if (offset < one.position) {
      forget(List.of(one.partition));
      place(one, offset);
    }
  }

  /** Reading goes on elsewhere, since what was wanted is gone. */
  void skip(SessionPartition one, long to) {
    if (one.fetched < to) {
      gaps.add(new Gap(one.id, one.fetched, to));
    }
    consumer.seek(one.partition, to);
    one.fetched = to;
    if (buffer.first(one.partition).isEmpty()) {
      one.position = to;
    }
  }

  /** Notes where the partitions of an answer go on. */
  void answered(List<ConsumerRecordBatch> batches) {
    for (var batch : batches) {
      var source = batch.source();
      var one = partitions.get(new TopicPartition(source.topic(), source.partition()));
      if (one != null) {
        // Past the last record there may be marks of transactions, which are not to be lag.
        one.position = buffer.first(one.partition).orElse(one.fetched);
        one.answered = OptionalLong.of(one.position);
      }
    }
  }

  /** Notes how far the client has come in a partition, be it without a record. */
  void advanced(SessionPartition one, long fetched, boolean withRecords) {
    one.fetched = fetched;
    boolean gathered =
        waiting != null
            && waiting.gathered().stream()
                .anyMatch(batch -> SessionBuffer.isOf(batch, one.partition));
    if (!withRecords && !gathered && buffer.first(one.partition).isEmpty()) {
      one.position = fetched;
      if (one.answered.isPresent()) {
        one.answered = OptionalLong.of(fetched);
      }
    }
  }

  /** The partitions that went before what was answered of them was committed; told once. */
  Set<PartitionId> takeLost() {
    var taken = new TreeSet<>(lost);
    lost.clear();
    return taken;
  }

  List<Gap> takeGaps() {
    var taken = List.copyOf(gaps);
    gaps.clear();
    return taken;
  }

  /** The assignment, when its client does not know it; it does then. */
  Optional<Map<String, List<Integer>>> takeNews() {
    boolean isNew = news;
    news = false;
    return isNew ? Optional.of(byTopic()) : Optional.empty();
  }

  Map<String, List<Integer>> byTopic() {
    var all = new TreeMap<String, List<Integer>>();
    topics.forEach(topic -> all.put(topic, new ArrayList<>()));
    for (var one : partitions.keySet()) {
      all.computeIfAbsent(one.topic(), _ -> new ArrayList<>()).add(one.partition());
    }
    all.values().forEach(numbers -> numbers.sort(null));
    return all;
  }

  Map<PartitionId, Long> positions() {
    var positions = new HashMap<PartitionId, Long>();
    for (var one : partitions.values()) {
      if (one.placed) {
        positions.put(one.id, one.position);
      }
    }
    return positions;
  }
}
