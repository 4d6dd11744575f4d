package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.delivery.Begin;
import io.kafkafetch.application.delivery.PartitionDelivery;
import io.kafkafetch.application.delivery.Step;
import io.kafkafetch.domain.lag.CommittedOffset;
import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.RecordBatch;
import java.util.ArrayDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers one partition. A virtual thread runs while there is work and ends when there is none, so
 * that thousands of idle partitions cost no thread. The polling thread hands it work and asks it
 * how far it is; it answers through {@link Events}, which are called by the worker's thread.
 */
final class PartitionWorker {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionWorker.class);

  /** What the polling thread is told; each call comes from the worker's thread. */
  interface Events {
    /** All processors are open, and reading can begin. */
    void begun(PartitionWorker worker, Begin.At at);

    /** A batch was delivered: there is room for another. */
    void drained(PartitionWorker worker);

    /** What was delivered from here on was lost: seek there, then call {@link #resumeAt()}. */
    void rewound(PartitionWorker worker, long position);

    /** What was delivered is durable up to {@link #durablePosition()}. */
    void flushed(PartitionWorker worker);

    /** The consumer cannot go on. */
    void halted(PartitionWorker worker, Cause cause);

    /** A defect of ours or of a processor: nothing is known about the batch at hand. */
    void broken(PartitionWorker worker, Throwable defect);
  }

  private final PartitionDelivery delivery;
  private final Events events;
  private final ReentrantLock lock = new ReentrantLock();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Guarded by {@link #lock}, as are the next four. */
  private final ArrayDeque<Runnable> jobs = new ArrayDeque<>();

  private boolean running;
  private int queuedBatches;
  private long queuedBytes;

  /** Set while batches at hand are of no use, because the position moves back. */
  private boolean rewinding;

  /** Set once, when nothing more is to be delivered. */
  private volatile boolean retired;

  /** Written by the worker, read by the polling thread, which alone commits. */
  private volatile long durable = -1;

  private volatile long position;

  /**
   * Set by the worker once nothing may follow: what was to be delivered next was not, and what
   * comes after it must not be taken for delivered.
   */
  private boolean over;

  /** Whether something was delivered that is not yet flushed. Only the worker touches it. */
  private volatile boolean dirty;

  PartitionWorker(PartitionDelivery delivery, Events events) {
    this.delivery = delivery;
    this.events = events;
  }

  PartitionDelivery delivery() {
    return delivery;
  }

  /** Every sink is durable up to here; -1 before delivery has begun. */
  long durablePosition() {
    return durable;
  }

  /** The next offset to be delivered. */
  long position() {
    return position;
  }

  boolean isDirty() {
    return dirty;
  }

  /** Whether it has something to deliver. */
  boolean isBusy() {
    return queuedBatches() > 0;
  }

  int queuedBatches() {
    lock.lock();
    try {
      return queuedBatches;
    } finally {
      lock.unlock();
    }
  }

  long queuedBytes() {
    lock.lock();
    try {
      return queuedBytes;
    } finally {
      lock.unlock();
    }
  }

  /** Opens the processors, then tells. */
  void begin(CommittedOffset base) {
    submit(() -> openAt(base));
  }

  /** Delivers a batch of that many bytes, after those before it. */
  void deliver(RecordBatch batch, long bytes) {
    lock.lock();
    try {
      if (retired || rewinding) {
        return;
      }
      queuedBatches++;
      queuedBytes += bytes;
      enqueue(() -> deliverNow(batch, bytes));
    } finally {
      lock.unlock();
    }
  }

  /** Nothing readable lies below; counts as delivered. */
  void skipTo(long offset) {
    submit(() -> skipNow(offset));
  }

  /** Makes durable what was delivered, then tells. */
  void flush() {
    submit(this::flushNow);
  }

  /** The polling thread has moved to where the rewind asked for. */
  void resumeAt() {
    lock.lock();
    try {
      rewinding = false;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The partition is revoked, or the member stops: the sink's current call is finished, what was
   * delivered is flushed, and the sinks are let go.
   */
  void retire() {
    lock.lock();
    try {
      if (retired) {
        return;
      }
      retired = true;
      delivery.control().abandon();
      jobs.clear();
      queuedBatches = 0;
      queuedBytes = 0;
      enqueue(this::closeNow);
    } finally {
      lock.unlock();
    }
  }

  /** Waits until everything is closed; false when it is not within that time. */
  boolean awaitClosed(long timeoutMillis) throws InterruptedException {
    return closed.await(timeoutMillis, TimeUnit.MILLISECONDS);
  }

  private void openAt(CommittedOffset base) {
    switch (delivery.begin(base)) {
      case Begin.At at -> {
        position = at.position();
        durable = delivery.durablePosition();
        events.begun(this, at);
      }
      case Begin.Abandoned _ -> {}
      case Begin.Halted(var cause) -> events.halted(this, cause);
    }
  }

  private void deliverNow(RecordBatch batch, long bytes) {
    if (!over && !isRewinding()) {
      dirty = true;
      var step = delivery.deliver(batch);
      position = delivery.position();
      follow(step);
    }
    lock.lock();
    try {
      queuedBatches = Math.max(0, queuedBatches - 1);
      queuedBytes = Math.max(0, queuedBytes - bytes);
    } finally {
      lock.unlock();
    }
    events.drained(this);
  }

  private void skipNow(long offset) {
    if (!over && !isRewinding()) {
      delivery.skipTo(offset);
      position = delivery.position();
      dirty = true;
    }
  }

  private void flushNow() {
    if (over || isRewinding()) {
      return;
    }
    var step = delivery.flush();
    position = delivery.position();
    durable = delivery.durablePosition();
    dirty = false;
    follow(step);
    events.flushed(this);
  }

  private void follow(Step step) {
    switch (step) {
      case Step.Done _, Step.Abandoned _ -> {}
      case Step.Rewind(long to) -> {
        lock.lock();
        try {
          rewinding = true;
        } finally {
          lock.unlock();
        }
        events.rewound(this, to);
      }
      case Step.Halted(var cause) -> {
        over = true;
        // What the sinks took before the hole is still worth committing.
        delivery.flush();
        durable = delivery.durablePosition();
        events.halted(this, cause);
      }
    }
  }

  private boolean isRewinding() {
    lock.lock();
    try {
      return rewinding;
    } finally {
      lock.unlock();
    }
  }

  private void closeNow() {
    try {
      if (durable >= 0 && !over) {
        delivery.flush();
        durable = delivery.durablePosition();
      }
      delivery.close();
    } finally {
      closed.countDown();
    }
  }

  private void submit(Runnable job) {
    lock.lock();
    try {
      if (!retired) {
        enqueue(job);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Only under the lock. */
  private void enqueue(Runnable job) {
    jobs.add(job);
    if (!running) {
      running = true;
      Thread.ofVirtual().name("deliver-", 0).start(this::work);
    }
  }

  private void work() {
    while (true) {
      Runnable job;
      lock.lock();
      try {
        job = jobs.poll();
        if (job == null) {
          running = false;
          return;
        }
      } finally {
        lock.unlock();
      }
      try {
        job.run();
      } catch (RuntimeException | Error defect) {
        over = true;
        LOG.error("Delivery of {} broke", delivery.source(), defect);
        events.broken(this, defect);
      }
    }
  }
}
