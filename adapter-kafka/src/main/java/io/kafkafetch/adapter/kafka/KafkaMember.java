package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.delivery.MemberDelivery;
import io.kafkafetch.application.driven.Condition;
import io.kafkafetch.application.driven.Member;
import io.kafkafetch.application.driven.MemberReport;
import io.kafkafetch.application.driven.MemberSpec;
import io.kafkafetch.application.driven.PartitionReport;
import io.kafkafetch.domain.consumer.RetryPolicy;
import io.kafkafetch.domain.consumer.Trouble;
import io.kafkafetch.domain.processor.Cause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A member of a consumer group on a thread of its own. */
final class KafkaMember implements Member {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaMember.class);
  private static final RetryPolicy RECONNECT =
      new RetryPolicy(Duration.ofMillis(500), Duration.ofSeconds(10), 0.2, OptionalInt.empty());

  private final MemberDelivery delivery;
  private final ClusterClients clients;
  private final FirstSights.FirstSight firstSight;
  private final InstantSource clock;
  private final FetchBudget budget;
  private final FetchTurns turns;
  private final Mailbox mailbox = new Mailbox();
  private final MemberLoop.Counts counts = new MemberLoop.Counts();
  private final CountDownLatch retired = new CountDownLatch(1);
  private final CountDownLatch retiring = new CountDownLatch(1);
  private final MemberHealth health;

  /** Replaced when the consumer changes; the source in it never does. */
  private volatile MemberSpec spec;

  /** Set by whoever finds our share far off; the polling thread then opens its client anew. */
  private volatile boolean resize;

  /** What the polling thread saw last. */
  private volatile Snapshot snapshot = new Snapshot(List.of(), Optional.empty());

  /** The loop of the client that is open; null while there is none. */
  private volatile @Nullable MemberLoop loop;

  private record Snapshot(List<PartitionReport> partitions, Optional<Instant> lastCommit) {}

  KafkaMember(
      MemberSpec spec,
      MemberDelivery delivery,
      ClusterClients clients,
      FirstSights.FirstSight firstSight,
      FetchBudget budget,
      FetchTurns turns,
      InstantSource clock) {
    this.spec = spec;
    this.delivery = delivery;
    this.clients = clients;
    this.firstSight = firstSight;
    this.clock = clock;
    this.budget = budget;
    this.turns = turns;
    health = new MemberHealth(spec.spec().cluster().bootstrap(), clock.instant());
  }

  void launch() {
    budget.join(
        this,
        () -> {
          resize = true;
          mailbox.wake();
        });
    Thread.ofPlatform().name("poll-" + ClientProperties.memberName(spec)).start(this::run);
  }

  private void run() {
    var cluster = spec.spec().cluster();
    clients.hold(cluster);
    try {
      for (int failures = 1; isWanted() && !tryRun(); failures++) {
        pause(RECONNECT.backoff(failures, ThreadLocalRandom.current().nextDouble()));
      }
    } catch (RuntimeException | Error defect) {
      LOG.error("Member {} broke", ClientProperties.memberName(spec), defect);
      ended(new Cause.Transient("The member failed unexpectedly; the log says more"));
      if (defect instanceof Error error) {
        throw error;
      }
    } finally {
      budget.leave(this);
      delivery.close();
      clients.release(cluster);
      retired.countDown();
    }
  }

  /** True when there is nothing more to try. */
  private boolean tryRun() {
    try {
      do {
        resize = false;
        runClient(budget.grant(this));
      } while (resize && isWanted());
      return true;
    } catch (KafkaException fault) {
      return failed(Faults.cause(fault));
    }
  }

  private void runClient(FetchBudget.Share share) {
    var cluster = spec.spec().cluster();
    clients.properties().probe(cluster);
    try (var consumer =
        new KafkaConsumer<byte[], byte[]>(clients.properties().member(spec, share))) {
      var running =
          new MemberLoop(
              spec,
              consumer,
              share,
              turns,
              delivery,
              () -> clients.admin(cluster),
              firstSight,
              mailbox,
              health,
              counts,
              clock);
      mailbox.reset();
      loop = running;
      try {
        running.subscribe();
        while (isWanted() && running.ended().isEmpty() && !resize) {
          running.turn();
          observe(running);
        }
      } finally {
        // A client that is opened anew for another share is expected back at once.
        boolean leaves = !resize || !isWanted() || running.ended().isPresent();
        resize &= !leaves;
        running.close(leaves);
        observe(running);
        loop = null;
      }
    }
  }

  private boolean failed(Cause cause) {
    LOG.warn("Member {}: {}", ClientProperties.memberName(spec), cause.reason());
    return switch (cause) {
      case Cause.Transient later -> {
        locked(() -> health.troubled(later.reason(), clock.instant()));
        yield false;
      }
      case Cause.Fatal _, Cause.Poison _ -> {
        ended(cause);
        yield true;
      }
    };
  }

  private void ended(Cause cause) {
    locked(() -> health.ended(cause, clock.instant()));
  }

  private void observe(MemberLoop running) {
    snapshot =
        new Snapshot(
            running.slots().stream()
                .map(Slot::report)
                .sorted(Comparator.comparingInt(PartitionReport::partition))
                .toList(),
            running.lastCommit());
  }

  private boolean isWanted() {
    return retiring.getCount() > 0;
  }

  private void pause(Duration duration) {
    try {
      if (retiring.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.debug("Member {} retires", ClientProperties.memberName(spec));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void locked(Runnable change) {
    synchronized (health) {
      change.run();
    }
  }

  @Override
  public MemberReport report() {
    var seen = snapshot;
    var now = clock.instant();
    var sink = delivery.trouble();
    Condition condition;
    Optional<Trouble> trouble;
    Optional<Instant> lastHeard;
    synchronized (health) {
      condition = health.condition(now, sink.isPresent());
      trouble = health.trouble(now).or(() -> sink);
      lastHeard = health.lastHeard();
    }
    var processors = delivery.processors();
    return new MemberReport(
        condition,
        trouble,
        seen.partitions(),
        processors,
        delivery.counts(
            counts.records.sum(),
            counts.bytes.sum(),
            counts.commits.sum(),
            counts.rebalances.sum()),
        lastHeard,
        seen.lastCommit(),
        delivery.lastProgressAt());
  }

  @Override
  public void apply(MemberSpec changed) {
    spec = changed;
    delivery.apply(changed);
    var running = loop;
    if (running != null) {
      running.applyPolicy(changed.spec().delivery());
    }
  }

  @Override
  public void retire() {
    retiring.countDown();
    mailbox.wake();
  }

  @Override
  public boolean awaitRetired(Duration timeout) throws InterruptedException {
    return retired.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }
}
