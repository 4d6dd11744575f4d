package io.kafkafetch.application.fleet;

import io.kafkafetch.application.DrivenPorts;
import io.kafkafetch.application.delivery.DeliveryEngine;
import io.kafkafetch.application.driven.Changes;
import io.kafkafetch.application.driven.FleetServer;
import io.kafkafetch.application.driven.RunCounts;
import io.kafkafetch.application.driven.RunReport;
import io.kafkafetch.application.driving.Ownership;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.domain.consumer.Consumer;
import io.kafkafetch.domain.consumer.ConsumerId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes this server run what it should: looks every few seconds, and at once when something was
 * changed. While the database is away it changes nothing, and what runs goes on.
 */
public final class Reconciler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
  private static final Duration INTERVAL = Duration.ofSeconds(2);

  /** Two lost heartbeats do not make a server dead; three do. */
  private static final Duration TIME_TO_LIVE = Duration.ofSeconds(10);

  private final DrivenPorts ports;
  private final InstantSource clock;
  private final LocalMembers local;
  private final Judge judge;
  private final FleetView fleet;
  private final Wake wake = new Wake();
  private final Thread thread;
  private volatile boolean stopping;
  private boolean storageAway;

  /** What was last seen; replaced as a whole by the reconciling thread alone. */
  private volatile Sight sight = Sight.NONE;

  /** A reconciler; {@link #start()} sets it going. */
  public Reconciler(DrivenPorts ports, DeliveryEngine engine, FleetView fleet) {
    this.ports = ports;
    this.fleet = fleet;
    clock = ports.environment().clock();
    local = new LocalMembers(ports.broker().members(), engine, ports.self().id(), wake::now);
    judge = new Judge(ports);
    thread = Thread.ofPlatform().name("reconcile").unstarted(this::run);
  }

  /** Begins to reconcile. */
  public void start() {
    thread.start();
  }

  /** What this server's members of a consumer see right now; empty when it runs none. */
  public Optional<RunReport> report(ConsumerId consumer) {
    return Optional.ofNullable(sight.reports().get(consumer));
  }

  /** What members of a consumer have counted on this server, whether any is left or not. */
  public RunCounts counts(ConsumerId consumer) {
    return local.counts(consumer);
  }

  /** What this server saw when it last looked. */
  public Sight sight() {
    return sight;
  }

  private void run() {
    Optional<Changes.Listening> listening = Optional.empty();
    try {
      listening = Optional.of(ports.storage().changes().listen(wake::now));
      while (!stopping) {
        tryRound();
        wake.await(INTERVAL.plusMillis(ThreadLocalRandom.current().nextLong(500)));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      listening.ifPresent(Changes.Listening::close);
    }
  }

  private void tryRound() {
    try {
      round();
      if (storageAway) {
        storageAway = false;
        LOG.info("The database is back");
      }
    } catch (Refusal.Unavailable away) {
      lookAround();
      if (!storageAway) {
        storageAway = true;
        LOG.warn("{} What runs goes on; nothing is changed until it is back", away.detail());
      }
    } catch (RuntimeException defect) {
      LOG.error("A round of reconciling failed; the next one tries again", defect);
    }
  }

  /** What runs while the database is away is still to be seen. */
  private void lookAround() {
    synchronized (local) {
      if (!stopping) {
        sight = new Sight(local.reports(clock.instant()), local.specs(), Optional.empty());
      }
    }
  }

  /** One round: what is wanted, what runs, the difference. */
  private void round() {
    ports.storage().fleet().beat(ports.self(), TIME_TO_LIVE);
    var wanted = ports.storage().consumers().wanted();
    var live = ports.storage().fleet().live();
    fleet.saw(live);
    ports.broker().lender().keepOnly(group -> fleet.ofGroup(group) instanceof Ownership.Owner.Here);
    var now = clock.instant();
    if (!run(wanted, live, now)) {
      return;
    }
    sight = sight.counting(ports.storage().consumers().countByState());
    judge.report(sight.reports());
    if (judge.judge(wanted, live, now)) {
      wake.now();
    }
  }

  /** Changes what runs here; false when nothing may run any more. */
  private boolean run(List<Consumer> wanted, List<FleetServer> live, Instant now) {
    // The closing thread may have stopped waiting for this one, and must be the last to act.
    synchronized (local) {
      if (stopping) {
        return false;
      }
      local.settle();
      // First of all: a member of an ACTIVE consumer is no probe, and has no time to run out of.
      local.markHeld(wanted);
      var plan =
          Plan.of(wanted, local.planned(now), local.retiring(), live, ports.self().id(), now);
      local.carryOut(plan, now);
      sight = new Sight(local.reports(now), local.specs(), sight.states());
      return true;
    }
  }

  /** Stops reconciling, then lets all members go; bounded. */
  @Override
  public void close() {
    stopping = true;
    wake.end();
    try {
      // One that was never started cannot be joined, and has nothing to end.
      if (thread.isAlive()) {
        thread.join(Duration.ofSeconds(5));
      }
      synchronized (local) {
        local.retireAll(Duration.ofSeconds(12));
      }
      ports.storage().reports().removeAll(ports.self().id());
      ports.storage().fleet().leave(ports.self().id());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (Refusal.Unavailable away) {
      LOG.warn("{} The other servers find out by themselves that this one is gone", away.detail());
    }
  }
}
