package io.kafkafetch.application.memory;

import io.kafkafetch.application.delivery.MemberDelivery;
import io.kafkafetch.application.driven.Condition;
import io.kafkafetch.application.driven.Member;
import io.kafkafetch.application.driven.MemberReport;
import io.kafkafetch.application.driven.MemberSpec;
import io.kafkafetch.application.driven.PartitionReport;
import io.kafkafetch.domain.consumer.DeliveryPolicy;
import io.kafkafetch.domain.consumer.OffsetReset;
import io.kafkafetch.domain.consumer.Trouble;
import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.RecordBatch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A member of a group in memory; each partition that it has runs on a thread of its own. */
final class MemoryMember implements Member {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryMember.class);

  /** A topic that is missing for so long makes the run a failed one, as with Kafka. */
  private static final Duration FAILED_AFTER = Duration.ofSeconds(30);

  private final MemoryGroup group;
  private final MemberDelivery delivery;
  private final InstantSource clock;
  private final Consumer<MemoryMember> onRetired;
  private final Set<PartitionRun> runs = ConcurrentHashMap.newKeySet();
  private final CountDownLatch retired = new CountDownLatch(1);
  private final LongAdder records = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder commits = new LongAdder();
  private final LongAdder rebalances = new LongAdder();

  /** Replaced when the consumer changes; the source in it never does. */
  private volatile MemberSpec spec;

  /** Each is written by one call at a time, and read by reports. */
  private volatile boolean leaving;

  private volatile @Nullable Ended ended;
  private volatile @Nullable Instant missingSince;
  private volatile @Nullable Instant lastPoll;
  private volatile @Nullable Instant lastCommit;

  /** Why it cannot go on, since when. */
  private record Ended(Cause cause, Instant at) {}

  MemoryMember(
      MemberSpec spec,
      MemoryGroup group,
      MemberDelivery delivery,
      InstantSource clock,
      Consumer<MemoryMember> onRetired) {
    this.spec = spec;
    this.group = group;
    this.delivery = delivery;
    this.clock = clock;
    this.onRetired = onRetired;
  }

  String topic() {
    return spec.spec().topic().value();
  }

  DeliveryPolicy policy() {
    return spec.spec().delivery();
  }

  OffsetReset reset() {
    return spec.spec().offsetReset();
  }

  /** Takes a partition; under the group's monitor. */
  PartitionRun open(MemoryLog log) {
    var run = new PartitionRun(this, group, log, delivery.partition(log.source()));
    runs.add(run);
    return run;
  }

  /** The group has looked who has what; under its monitor. */
  void rebalanced(boolean topicIsThere) {
    rebalances.increment();
    lastPoll = clock.instant();
    if (topicIsThere) {
      missingSince = null;
    } else if (missingSince == null) {
      missingSince = clock.instant();
    }
  }

  void polled(RecordBatch batch) {
    records.add(batch.size());
    bytes.add(batch.sizeInBytes());
    lastPoll = clock.instant();
  }

  void committed() {
    commits.increment();
    lastCommit = clock.instant();
  }

  /** A partition was let go of. */
  void released(PartitionRun run) {
    runs.remove(run);
    finishWhenAllAreGone();
  }

  /** It cannot go on. */
  void end(Cause cause) {
    synchronized (retired) {
      if (ended == null) {
        ended = new Ended(cause, clock.instant());
        LOG.warn("Member {} of consumer {} stops: {}", spec.ordinal(), spec.consumer(), cause);
      }
    }
    retire();
  }

  @Override
  public void retire() {
    // After leave() the group gives it nothing new, so that its runs can only become fewer.
    group.leave(this);
    leaving = true;
    finishWhenAllAreGone();
  }

  private void finishWhenAllAreGone() {
    synchronized (retired) {
      if (leaving && runs.isEmpty() && retired.getCount() > 0) {
        delivery.close();
        onRetired.accept(this);
        retired.countDown();
      }
    }
  }

  /** As if its process had died: the others take over at once, from what was committed. */
  void crash() {
    runs.forEach(PartitionRun::crash);
    retire();
    runs.forEach(group::released);
  }

  @Override
  public boolean awaitRetired(Duration timeout) throws InterruptedException {
    return retired.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void apply(MemberSpec changed) {
    spec = changed;
    delivery.apply(changed);
    runs.forEach(PartitionRun::renew);
  }

  @Override
  public MemberReport report() {
    var processors = delivery.processors();
    var sink = delivery.trouble();
    return new MemberReport(
        condition(sink.isPresent()),
        trouble().or(() -> sink),
        runs.stream()
            .map(PartitionRun::report)
            .sorted(Comparator.comparingInt(PartitionReport::partition))
            .toList(),
        processors,
        delivery.counts(records.sum(), bytes.sum(), commits.sum(), rebalances.sum()),
        Optional.ofNullable(lastPoll),
        Optional.ofNullable(lastCommit),
        delivery.lastProgressAt());
  }

  private Condition condition(boolean sinkTroubled) {
    var over = ended;
    if (over != null) {
      return switch (over.cause()) {
        case Cause.Transient _ -> Condition.FAILED;
        case Cause.Fatal _, Cause.Poison _ -> Condition.HALTED;
      };
    }
    var missing = missingSince;
    if (missing != null) {
      boolean forLong = !clock.instant().isBefore(missing.plus(FAILED_AFTER));
      return forLong ? Condition.FAILED : Condition.DEGRADED;
    }
    if (lastPoll == null) {
      return Condition.STARTING;
    }
    return sinkTroubled ? Condition.DEGRADED : Condition.RUNNING;
  }

  private Optional<Trouble> trouble() {
    var over = ended;
    if (over != null) {
      return Optional.of(new Trouble(over.cause().reason(), over.at(), 1, Optional.empty()));
    }
    var missing = missingSince;
    return missing == null
        ? Optional.empty()
        : Optional.of(new Trouble("There is no topic " + topic(), missing, 1, Optional.empty()));
  }
}
