package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.delivery.Begin;
import io.kafkafetch.application.delivery.PartitionDelivery;
import io.kafkafetch.application.delivery.Step;
import io.kafkafetch.domain.lag.CommittedOffset;
import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.RecordBatch;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers one partition. The polling thread hands it work and asks it how far it is; it answers
 * through {@link Events}, which are called by whichever thread does the partition's work.
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
  private final WorkQueue queue;
  private final CountDownLatch closed = new CountDownLatch(1);

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
    queue = new WorkQueue("deliver-" + delivery.source());
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
    return queue.batches();
  }

  long queuedBytes() {
    return queue.bytes();
  }

  /** Opens the processors, then tells. */
  void begin(CommittedOffset base) {
    queue.add(() -> guarded(() -> openAt(base)));
  }

  /** Delivers a batch of that many bytes, after those before it. */
  void deliver(RecordBatch batch, long bytes) {
    queue.addBatch(() -> guarded(() -> deliverNow(batch)), bytes, () -> events.drained(this));
  }

  /** Nothing readable lies below; counts as delivered. */
  void skipTo(long offset) {
    queue.addSkip(() -> guarded(() -> skipNow(offset)));
  }

  /** Makes durable what was delivered, then tells. */
  void flush() {
    queue.add(() -> guarded(this::flushNow));
  }

  /** The polling thread has moved to where the rewind asked for. */
  void resumeAt() {
    queue.resume();
  }

  /**
   * The partition is revoked, or the member stops: the sink's current call is finished, what was
   * delivered is flushed, and the sinks are let go.
   */
  void retire() {
    if (queue.finishWith(() -> guarded(this::closeNow))) {
      delivery.control().abandon();
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

  private void deliverNow(RecordBatch batch) {
    if (!over) {
      dirty = true;
      var step = delivery.deliver(batch);
      position = delivery.position();
      follow(step);
    }
  }

  private void skipNow(long offset) {
    if (!over) {
      delivery.skipTo(offset);
      position = delivery.position();
      dirty = true;
    }
  }

  private void flushNow() {
    // A second rewind while one is under way would be answered by the first one's resuming.
    if (!over && !queue.isRewinding()) {
      var step = delivery.flush();
      position = delivery.position();
      durable = delivery.durablePosition();
      dirty = false;
      follow(step);
    }
    events.flushed(this);
  }

  private void follow(Step step) {
    switch (step) {
      case Step.Done _, Step.Abandoned _ -> {}
      case Step.Rewind(long to) -> {
        queue.rewind();
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

  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error defect) {
      // An Error too: somebody else's jar may lack a class, and nobody would see the thread end.
      over = true;
      LOG.error("Delivery of {} broke", delivery.source(), defect);
      events.broken(this, defect);
    }
  }
}
