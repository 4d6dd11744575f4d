package io.kafkafetch.application.fleet;

import io.kafkafetch.application.delivery.DeliveryEngine;
import io.kafkafetch.application.driven.Member;
import io.kafkafetch.application.driven.MemberReport;
import io.kafkafetch.application.driven.MemberSpec;
import io.kafkafetch.application.driven.Members;
import io.kafkafetch.application.driven.RunCounts;
import io.kafkafetch.application.driven.RunReport;
import io.kafkafetch.application.driven.ServerId;
import io.kafkafetch.domain.consumer.Consumer;
import io.kafkafetch.domain.consumer.ConsumerId;
import io.kafkafetch.domain.consumer.ConsumerSpec;
import io.kafkafetch.domain.consumer.ConsumerState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The members that run on this server. Belongs to the reconciler's thread. */
final class LocalMembers {
  private static final Logger LOG = LoggerFactory.getLogger(LocalMembers.class);

  private final Members members;
  private final DeliveryEngine engine;
  private final ServerId self;
  private final Runnable onRetired;
  private final Map<MemberKey, RunningMember> running = new LinkedHashMap<>();
  private final Map<MemberKey, Member> retiring = new HashMap<>();
  private final Tallies tallies = new Tallies();

  LocalMembers(Members members, DeliveryEngine engine, ServerId self, Runnable onRetired) {
    this.members = members;
    this.engine = engine;
    this.self = self;
    this.onRetired = onRetired;
  }

  List<Plan.Running> planned(Instant now) {
    return running.values().stream().map(member -> member.planned(now)).toList();
  }

  Set<MemberKey> retiring() {
    return Set.copyOf(retiring.keySet());
  }

  /** Forgets those that have gone. */
  void settle() {
    retiring
        .entrySet()
        .removeIf(entry -> {
          boolean gone = isGone(entry.getValue());
          if (gone) {
            tallies.gone(entry.getKey().consumer(), entry.getValue().report());
          }
          return gone;
        });
  }

  private static boolean isGone(Member member) {
    try {
      return member.awaitRetired(Duration.ZERO);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  void carryOut(Plan plan, Instant now) {
    for (var action : plan.actions()) {
      switch (action) {
        case Plan.Action.Launch(var key, var consumer, var probe) ->
            launch(key, consumer, probe, now);
        case Plan.Action.Apply(var key, var consumer) -> apply(key, consumer);
        case Plan.Action.Retire(var key) -> retire(key);
      }
    }
  }

  private void launch(MemberKey key, Consumer consumer, boolean probe, Instant now) {
    LOG.info("{} {} at revision {}", probe ? "Probing" : "Running", key, consumer.revision());
    var spec = spec(key, consumer);
    var member = members.launch(spec, engine.open(spec));
    running.put(key, new RunningMember(key, consumer, member, probe, now));
  }

  private void apply(MemberKey key, Consumer consumer) {
    var member = running.get(key);
    if (member != null) {
      LOG.info("Applying revision {} to {}", consumer.revision(), key);
      member.member().apply(spec(key, consumer));
      member.applied(consumer);
    }
  }

  private void retire(MemberKey key) {
    var member = running.remove(key);
    if (member != null) {
      LOG.info("Retiring {}", key);
      member.member().retire();
      retiring.put(key, member.member());
      Thread.ofVirtual().name("retire-" + key).start(() -> tellWhenRetired(member.member()));
    }
  }

  private void tellWhenRetired(Member member) {
    try {
      // A member ends within seconds; should one not, the next round looks again anyway.
      if (member.awaitRetired(Duration.ofMinutes(1))) {
        onRetired.run();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private MemberSpec spec(MemberKey key, Consumer consumer) {
    return new MemberSpec(consumer.id(), consumer.revision(), key.ordinal(), self, consumer.spec());
  }

  /** One report for each consumer that runs here. */
  Map<ConsumerId, RunReport> reports(Instant now) {
    var byConsumer = new LinkedHashMap<ConsumerId, List<RunningMember>>();
    for (var member : running.values()) {
      byConsumer.computeIfAbsent(member.key().consumer(), _ -> new ArrayList<>()).add(member);
    }
    var reports = new LinkedHashMap<ConsumerId, RunReport>();
    byConsumer.forEach((id, those) -> {
      var first = those.getFirst();
      List<MemberReport> seen = those.stream().map(member -> member.report(now)).toList();
      var report = ReportSummary.of(first.consumer(), self, first.isProbe(), seen, now);
      reports.put(id, tallies.complete(report, seen, leaving(id)));
    });
    return Map.copyOf(reports);
  }

  /** What each consumer that runs here was told to do. */
  Map<ConsumerId, ConsumerSpec> specs() {
    var specs = new HashMap<ConsumerId, ConsumerSpec>();
    running
        .values()
        .forEach(member -> specs.put(member.key().consumer(), member.consumer().spec()));
    return specs;
  }

  private List<MemberReport> leaving(ConsumerId consumer) {
    return retiring.entrySet().stream()
        .filter(entry -> entry.getKey().consumer().equals(consumer))
        .map(entry -> entry.getValue().report())
        .toList();
  }

  /** What members of a consumer have counted here; for any thread. */
  RunCounts counts(ConsumerId consumer) {
    return tallies.counts(consumer);
  }

  /** Probes whose consumer turned ACTIVE go on as ordinary members. */
  void markHeld(Collection<Consumer> wanted) {
    for (var consumer : wanted) {
      if (consumer.state() instanceof ConsumerState.Active) {
        for (int ordinal = 0; ordinal < consumer.spec().tasksMax(); ordinal++) {
          var member = running.get(new MemberKey(consumer.id(), ordinal));
          if (member != null) {
            member.held();
          }
        }
      }
    }
  }

  /** Lets all go at once, and waits for them. */
  void retireAll(Duration timeout) throws InterruptedException {
    List.copyOf(running.keySet()).forEach(this::retire);
    long deadline = System.nanoTime() + timeout.toNanos();
    for (var entry : retiring.entrySet()) {
      var left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
      if (!entry.getValue().awaitRetired(left)) {
        LOG.warn("{} did not stop in time; what it delivered may be repeated", entry.getKey());
      }
    }
    retiring.clear();
  }
}
