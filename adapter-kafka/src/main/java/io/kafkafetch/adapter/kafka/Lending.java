package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.driving.GroupRead;
import io.kafkafetch.application.driving.ReadRecord;
import io.kafkafetch.domain.processor.RecordHeader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * One call's share of a member's partitions, from when the call begins to wait until its records
 * are committed or rewound. Belongs to the polling thread, but for {@link #answer}.
 */
final class Lending {
  /** What one answer holds at most, of keys and values; more than one record may make it more. */
  private static final long MOST_BYTES = 8L << 20;

  /** Even who does not want to wait gives a fetch the time for one way there and back. */
  private static final long LEAST_WAIT_NANOS = Duration.ofMillis(100).toNanos();

  private static final long ASSIGNMENT_NANOS = Duration.ofSeconds(20).toNanos();

  /** Completed once, by the polling thread. */
  final CompletableFuture<Lending> answer = new CompletableFuture<>();

  private final GroupRead request;
  private final boolean kept;
  private final long assignBy;

  /** Grouped by partition, in the order in which partitions gave their first record. */
  private final Map<TopicPartition, List<ReadRecord>> records = new LinkedHashMap<>();

  /** The partitions that are lent to it, while they are the member's. */
  private final Map<TopicPartition, LentPartition> held = new LinkedHashMap<>();

  private int count;
  private long bytes;
  private long deadline;
  private boolean counting;
  private boolean lost;
  private boolean committing;

  /**
   * A call that begins to wait.
   *
   * @param kept whether its records stay lent until a token acknowledges them
   */
  Lending(GroupRead request, boolean kept, long now) {
    this.request = request;
    this.kept = kept;
    this.assignBy = now + ASSIGNMENT_NANOS;
  }

  String topic() {
    return request.topic();
  }

  /** Its time runs from the assignment on. */
  void assigned(long now) {
    if (!counting) {
      counting = true;
      deadline = now + Math.max(request.timeout().toNanos(), LEAST_WAIT_NANOS);
    }
  }

  boolean isUnassignedAt(long now) {
    return !counting && now - assignBy >= 0;
  }

  /** When it has to be looked at again. */
  long due() {
    return counting ? deadline : assignBy;
  }

  /** Whether nothing more is to be waited for. */
  boolean isComplete(long now) {
    return isFull() || (counting && now - deadline >= 0);
  }

  boolean isFull() {
    return count >= request.maxRecords() || bytes >= MOST_BYTES;
  }

  void take(LentPartition partition) {
    var record = partition.lend(this);
    held.put(partition.partition, partition);
    records.computeIfAbsent(partition.partition, _ -> new ArrayList<>()).add(toRead(record));
    count++;
    bytes += Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
  }

  /** Its records are to be read anew, the same ones. */
  void forgetRecords() {
    records.clear();
    count = 0;
    bytes = 0;
  }

  void takeAgain(LentPartition partition) {
    records
        .computeIfAbsent(partition.partition, _ -> new ArrayList<>())
        .add(toRead(partition.read.removeFirst()));
  }

  Collection<LentPartition> held() {
    return held.values();
  }

  /** A partition went to another member. */
  void partitionLost(TopicPartition partition) {
    if (held.remove(partition) == null) {
      return;
    }
    if (answer.isDone()) {
      lost = true;
      return;
    }
    // Nobody has seen these yet, so the other member can have them all.
    var unseen = records.remove(partition);
    if (unseen != null) {
      count -= unseen.size();
    }
  }

  /** Whether its answer is being written, and its commit will follow soon. */
  boolean isBeingAnswered() {
    return answer.isDone() && !kept && !committing;
  }

  boolean isKept() {
    return kept;
  }

  void committing() {
    committing = true;
  }

  /** Whether a partition went to another member before its records were committed. */
  boolean hasLost() {
    return lost;
  }

  void end() {
    held.values().forEach(partition -> partition.holder = null);
    held.clear();
  }

  /** All records, those of a partition together. */
  List<ReadRecord> records() {
    return records.values().stream().flatMap(List::stream).toList();
  }

  static ReadRecord toRead(ConsumerRecord<byte[], byte[]> record) {
    var headers = new ArrayList<RecordHeader>();
    for (var header : record.headers()) {
      headers.add(new RecordHeader(header.key(), header.value()));
    }
    return new ReadRecord(
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        record.key(),
        record.value(),
        headers);
  }
}
