package io.kafkafetch.application.memory;

import io.kafkafetch.domain.consumer.DeliveryPolicy;
import io.kafkafetch.domain.processor.RecordBatch;
import io.kafkafetch.domain.processor.SourcePartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** The log of one partition, kept whole. Thread-safe. */
final class MemoryLog {
  private final SourcePartition source;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Guarded by {@link #lock}. */
  private final List<MemoryRecord> records = new ArrayList<>();

  MemoryLog(SourcePartition source) {
    this.source = source;
  }

  SourcePartition source() {
    return source;
  }

  /** Appends and answers the record's offset. */
  long append(MemoryRecord record) {
    lock.lock();
    try {
      records.add(record);
      changed.signalAll();
      return records.size() - 1L;
    } finally {
      lock.unlock();
    }
  }

  /** One past the newest record. */
  long end() {
    lock.lock();
    try {
      return records.size();
    } finally {
      lock.unlock();
    }
  }

  /** What is there from an offset on, at most that many records; empty when there is nothing. */
  Optional<RecordBatch> read(long from, int most) {
    lock.lock();
    try {
      return slice(from, most);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for records from an offset on, and lingers for more as the policy says.
   *
   * @param nanos waits no longer than that for the first
   * @param enough ends the wait as soon as it holds; looked at again after {@link #wake()}
   */
  Optional<RecordBatch> await(
      long from, DeliveryPolicy policy, long nanos, BooleanSupplier enough) {
    lock.lock();
    try {
      awaitSize(from + 1, nanos, enough);
      if (records.size() > from && !policy.linger().isZero()) {
        awaitSize(from + policy.maxBatchRecords(), policy.linger().toNanos(), enough);
      }
      return enough.getAsBoolean() ? Optional.empty() : slice(from, policy.maxBatchRecords());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private void awaitSize(long wanted, long nanos, BooleanSupplier enough)
      throws InterruptedException {
    long left = nanos;
    while (records.size() < wanted && left > 0 && !enough.getAsBoolean()) {
      left = changed.awaitNanos(left);
    }
  }

  /** Whoever waits here looks again whether that is enough. */
  void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** A copy, since the list may grow while the batch is delivered. */
  private Optional<RecordBatch> slice(long from, int most) {
    long end = Math.min(records.size(), from + most);
    return from < end
        ? Optional.of(
            new MemoryRecordBatch(
                source, from, List.copyOf(records.subList((int) from, (int) end))))
        : Optional.empty();
  }
}
