package io.kafkafetch.application.fleet;

import io.kafkafetch.application.DrivenPorts;
import io.kafkafetch.application.driven.FleetServer;
import io.kafkafetch.application.driven.RunReport;
import io.kafkafetch.application.driven.ServerId;
import io.kafkafetch.domain.consumer.Consumer;
import io.kafkafetch.domain.consumer.ConsumerId;
import io.kafkafetch.domain.consumer.ConsumerState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what this server sees, and what all servers' sights say about the consumers' states. */
final class Judge {
  private static final Logger LOG = LoggerFactory.getLogger(Judge.class);

  /** A report that says nothing new is still repeated, so that it counts as fresh. */
  private static final Duration REPEAT = Duration.ofSeconds(15);

  private final DrivenPorts ports;
  private final Map<ConsumerId, RunReport> saved = new HashMap<>();

  Judge(DrivenPorts ports) {
    this.ports = ports;
  }

  /** Saves what is new in this server's reports, and takes back those that ended. */
  void report(Map<ConsumerId, RunReport> seen) {
    var news = new ArrayList<RunReport>();
    seen.forEach((id, report) -> {
      if (isNews(saved.get(id), report)) {
        news.add(report);
      }
    });
    if (!news.isEmpty()) {
      ports.storage().reports().save(news);
      news.forEach(report -> saved.put(report.consumer(), report));
    }
    var ended = new HashSet<>(saved.keySet());
    ended.removeAll(seen.keySet());
    if (!ended.isEmpty()) {
      ports.storage().reports().remove(ports.self().id(), ended);
      saved.keySet().removeAll(ended);
    }
  }

  private static boolean isNews(
      @org.jspecify.annotations.Nullable RunReport before, RunReport now) {
    return before == null
        || before.revision() != now.revision()
        || before.condition() != now.condition()
        || before.probe() != now.probe()
        || !before.trouble().equals(now.trouble())
        || !before.partitions().equals(now.partitions())
        || !before.counts().equals(now.counts())
        || before.reportedAt().plus(REPEAT).isBefore(now.reportedAt());
  }

  /** True when some consumer's state was changed. */
  boolean judge(Collection<Consumer> wanted, List<FleetServer> live, Instant now) {
    var doubtful = wanted.stream().filter(consumer -> isDoubtful(consumer)).toList();
    if (doubtful.isEmpty()) {
      return false;
    }
    var reports = new HashMap<ConsumerId, List<RunReport>>();
    for (var report : ports.storage().reports().of(doubtful.stream().map(Consumer::id).toList())) {
      reports.computeIfAbsent(report.consumer(), _ -> new ArrayList<>()).add(report);
    }
    boolean changed = false;
    for (var consumer : doubtful) {
      var next =
          Verdict.on(
              consumer,
              reports.getOrDefault(consumer.id(), List.of()),
              responsible(consumer, live),
              now,
              ThreadLocalRandom.current().nextDouble());
      changed |= !next.equals(consumer) && write(consumer, next);
    }
    return changed;
  }

  /** Only what this server sees badly, or what is in ERROR, can need a verdict. */
  private boolean isDoubtful(Consumer consumer) {
    var own = saved.get(consumer.id());
    return consumer.state() instanceof ConsumerState.InError
        ? own != null
        : own != null
            && switch (own.condition()) {
              case FAILED, HALTED -> true;
              case STARTING, RUNNING, DEGRADED -> false;
            };
  }

  private static Set<ServerId> responsible(Consumer consumer, List<FleetServer> live) {
    var servers = new HashSet<ServerId>();
    for (int ordinal = 0; ordinal < consumer.spec().tasksMax(); ordinal++) {
      Placement.of(new MemberKey(consumer.id(), ordinal), live).ifPresent(servers::add);
    }
    return servers;
  }

  private boolean write(Consumer consumer, Consumer next) {
    boolean written = ports.storage().consumers().replace(consumer, next, next.state().label());
    if (written) {
      switch (next.state()) {
        case ConsumerState.InError error ->
            LOG.warn(
                "Consumer {} is in ERROR (attempt {}): {}",
                next.id(),
                error.failure().attempts(),
                error.failure().reason());
        case ConsumerState.Active _ -> LOG.info("Consumer {} is ACTIVE again", next.id());
        case ConsumerState.Inactive _ -> LOG.info("Consumer {} rests", next.id());
      }
    }
    return written;
  }
}
