package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.driven.SessionReader.Fetched;
import io.kafkafetch.application.driven.SessionReader.Order;
import io.kafkafetch.domain.processor.RecordBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * A fetch that waits for its records and gathers them. The first records end the waiting; only
 * where more are known to be there, it gathers on for a short while, up to what it asked for.
 * Belongs to whoever holds the session's lock.
 */
final class WaitingFetch {
  /** How long it gathers at most. */
  private static final long GATHER_NANOS = Duration.ofSeconds(1).toNanos();

  /** How much longer than it asked for it may gather. */
  private static final long OVERTIME_NANOS = Duration.ofMillis(100).toNanos();

  /** How long it waits beyond its time for records that are known to be there. */
  static final long GRACE_NANOS = Duration.ofSeconds(1).toNanos();

  final CompletableFuture<Fetched> reply;
  private final Order order;
  private final SessionMemory memory;
  private final List<ConsumerRecordBatch> gathered = new ArrayList<>();

  /** When it stops waiting; moved once, when records turn out to be there. */
  private long deadline;

  private boolean hasGrace;
  private long gatherUntil;
  private int records;
  private long bytes;
  private long granted;
  private boolean full;

  WaitingFetch(Order order, CompletableFuture<Fetched> reply, SessionMemory memory, long now) {
    this.order = order;
    this.reply = reply;
    this.memory = memory;
    this.deadline = now + order.timeout().toNanos();
  }

  /** Takes what it may have. */
  void takeFrom(SessionBuffer buffer, long now) {
    boolean first = records == 0;
    while (!full && !buffer.isEmpty()) {
      takeFromFirst(buffer);
    }
    if (first && records > 0) {
      gatherUntil = Math.min(now + GATHER_NANOS, Math.max(deadline, now + OVERTIME_NANOS));
    }
  }

  private void takeFromFirst(SessionBuffer buffer) {
    var batch = java.util.Objects.requireNonNull(buffer.peek());
    int most = Math.min(batch.size(), order.maxRecords() - records);
    int count = 0;
    long size = 0;
    while (count < most) {
      int more = batch.sizeOf(count);
      if (records + count > 0 && bytes + size + more > order.maxBytes()) {
        full = true;
        break;
      }
      size += more;
      count++;
    }
    // What one fetch brought is within the session's share; what comes on top is not.
    if (count > 0 && records > 0) {
      if (!memory.take(size)) {
        full = true;
        return;
      }
      granted += size;
    }
    if (count > 0) {
      gathered.add(buffer.take(count));
      records += count;
      bytes += size;
    }
    full |= records >= order.maxRecords() || bytes >= order.maxBytes();
  }

  /** The records of these partitions are no longer ours to answer. */
  void drop(Collection<TopicPartition> partitions) {
    for (var batches = gathered.iterator(); batches.hasNext(); ) {
      var batch = batches.next();
      if (partitions.stream().anyMatch(partition -> SessionBuffer.isOf(batch, partition))) {
        batches.remove();
        records -= batch.size();
        bytes -= batch.sizeInBytes();
        full = false;
      }
    }
  }

  Order order() {
    return order;
  }

  boolean isFull() {
    return full;
  }

  boolean isEmpty() {
    return records == 0;
  }

  boolean isOver(long now) {
    return now - deadline >= 0;
  }

  boolean mayGather(long now) {
    return now - gatherUntil < 0;
  }

  /** Records are there after all: it waits for them, once. False when it has done so. */
  boolean takeGrace(long now) {
    boolean first = !hasGrace;
    if (first) {
      hasGrace = true;
      deadline = now + GRACE_NANOS;
    }
    return first;
  }

  /** How long it waits for the first record. */
  Duration left(long now) {
    return Duration.ofNanos(Math.max(0, deadline - now));
  }

  List<RecordBatch> batches() {
    return List.copyOf(gathered);
  }

  List<ConsumerRecordBatch> gathered() {
    return gathered;
  }

  long bytes() {
    return bytes;
  }

  /** Gives the memory back, once. */
  Runnable release() {
    long bytesGranted = granted;
    granted = 0;
    var done = new java.util.concurrent.atomic.AtomicBoolean();
    return () -> {
      if (done.compareAndSet(false, true)) {
        memory.giveBack(bytesGranted);
      }
    };
  }

  /** Ends it without an answer. */
  void fail(RuntimeException reason) {
    release().run();
    reply.completeExceptionally(reason);
  }
}
