package io.kafkafetch.application.memory;

import io.kafkafetch.application.delivery.Begin;
import io.kafkafetch.application.delivery.CommitMark;
import io.kafkafetch.application.delivery.PartitionDelivery;
import io.kafkafetch.application.delivery.Step;
import io.kafkafetch.application.driven.PartitionReport;
import io.kafkafetch.domain.lag.CommittedOffset;
import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.SourcePartition;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A partition while one member has it: a thread that reads its log, delivers and commits. Others
 * only ask it to end, or to look again at what is wanted.
 */
final class PartitionRun {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionRun.class);

  /** How long whoever is next waits for a delivery under way. */
  private static final Duration REVOCATION_WAIT = Duration.ofSeconds(5);

  private final MemoryMember member;
  private final MemoryGroup group;
  private final MemoryLog log;
  private final PartitionDelivery delivery;
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Set by whoever changed what is wanted; the run's thread flushes, and so picks it up. */
  private volatile boolean renewed;

  /** Set when the process is said to have died: nothing is flushed or committed any more. */
  private volatile boolean crashed;

  /** Both are written by the run's thread and read by reports. */
  private volatile long position;

  private volatile long committed = -1;

  /** The following belong to the run's thread. */
  private MemoryGroup.@Nullable Start start;

  private long generation;
  private long fetched;
  private long nextFlush;

  PartitionRun(MemoryMember member, MemoryGroup group, MemoryLog log, PartitionDelivery delivery) {
    this.member = member;
    this.group = group;
    this.log = log;
    this.delivery = delivery;
  }

  SourcePartition source() {
    return log.source();
  }

  MemoryLog log() {
    return log;
  }

  MemoryMember member() {
    return member;
  }

  void start() {
    Thread.ofVirtual().name("deliver-" + source()).start(this::run);
  }

  /** Ends it after the sinks' current calls; returns at once. Idempotent. */
  void retire() {
    if (!delivery.control().isAbandoned()) {
      delivery.control().abandon();
      log.wake();
      Thread.ofVirtual().name("revoke-" + source()).start(this::awaitClosed);
    }
  }

  /** As if the process had died: what was not committed stays uncommitted. */
  void crash() {
    crashed = true;
  }

  /** The consumer was changed. */
  void renew() {
    renewed = true;
    log.wake();
  }

  private void awaitClosed() {
    try {
      if (!closed.await(REVOCATION_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("The delivery of {} does not end, so it is given up uncommitted", source());
        group.released(this);
        member.released(this);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      if (begin()) {
        while (!delivery.control().isAbandoned()) {
          turn();
        }
        flushAndCommit();
      }
    } catch (RuntimeException defect) {
      LOG.error("Delivery of {} broke", source(), defect);
      member.end(new Cause.Transient("A processor failed unexpectedly; the log says more"));
    } finally {
      try {
        delivery.close();
      } finally {
        closed.countDown();
        group.released(this);
        member.released(this);
      }
    }
  }

  private boolean begin() {
    var found = group.start(this, member.reset());
    if (found.isEmpty()) {
      return false;
    }
    start = found.get();
    committed = found.get().base().offset();
    return switch (delivery.begin(found.get().base())) {
      case Begin.At(long at, long under) -> {
        generation = under;
        fetched = at;
        position = at;
        scheduleFlush();
        yield commit(at);
      }
      case Begin.Abandoned _ -> false;
      case Begin.Halted(var cause) -> {
        member.end(cause);
        yield false;
      }
    };
  }

  private void turn() {
    boolean dirty = delivery.position() > committed;
    long wait = dirty ? Math.max(0, nextFlush - System.nanoTime()) : Long.MAX_VALUE;
    var batch = log.await(fetched, member.policy(), wait, this::isInterrupted);
    if (batch.isPresent()) {
      member.polled(batch.get());
      follow(delivery.deliver(batch.get()), batch.get().nextOffset());
    }
    if (renewed || (delivery.position() > committed && System.nanoTime() - nextFlush >= 0)) {
      renewed = false;
      flushAndCommit();
      scheduleFlush();
    }
  }

  private boolean isInterrupted() {
    return renewed || delivery.control().isAbandoned();
  }

  private void scheduleFlush() {
    nextFlush = System.nanoTime() + member.policy().commitInterval().toNanos();
  }

  private void follow(Step step, long next) {
    position = delivery.position();
    switch (step) {
      case Step.Done _ -> fetched = next;
      case Step.Abandoned _ -> {}
      case Step.Rewind(long to) -> {
        LOG.warn("{} is read again from offset {}", source(), to);
        fetched = to;
      }
      case Step.Halted(var cause) -> {
        // What the sinks took before the hole is still worth committing.
        flushAndCommit();
        member.end(cause);
      }
    }
  }

  private void flushAndCommit() {
    if (crashed) {
      return;
    }
    switch (delivery.flush()) {
      case Step.Rewind(long to) -> fetched = to;
      case Step.Done _, Step.Abandoned _, Step.Halted _ -> {}
    }
    position = delivery.position();
    if (delivery.durablePosition() > committed) {
      commit(delivery.durablePosition());
    }
  }

  private boolean commit(long offset) {
    var era = Objects.requireNonNull(start).era();
    boolean done =
        !crashed
            && group.commit(this, new CommittedOffset(offset, CommitMark.write(generation, era)));
    if (done) {
      committed = offset;
      member.committed();
    }
    return done;
  }

  PartitionReport report() {
    return new PartitionReport(
        source().topic(),
        source().partition(),
        Math.max(position, 0),
        committed < 0 ? OptionalLong.empty() : OptionalLong.of(committed),
        OptionalLong.of(log.end()));
  }
}
