package io.kafkafetch.application.management;

import io.kafkafetch.application.DrivenPorts;
import io.kafkafetch.application.delivery.ProcessorTypes;
import io.kafkafetch.application.driven.ConsumerQuery;
import io.kafkafetch.application.driven.Consumers;
import io.kafkafetch.application.driven.RunReport;
import io.kafkafetch.application.driving.ConsumerDraft;
import io.kafkafetch.application.driving.ConsumerFilter;
import io.kafkafetch.application.driving.ConsumerManagement;
import io.kafkafetch.application.driving.ConsumerView;
import io.kafkafetch.application.driving.Page;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.application.fleet.Reconciler;
import io.kafkafetch.domain.consumer.Consumer;
import io.kafkafetch.domain.consumer.ConsumerId;
import io.kafkafetch.domain.consumer.ConsumerState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;

/** Managing consumers: what people want is written down here, and nowhere else. */
public final class ConsumerService implements ConsumerManagement {
  /** Two people at once are rare, and each try sees the other's change. */
  private static final int TRIES = 10;

  private final DrivenPorts ports;
  private final Consumers consumers;
  private final Reconciler reconciler;
  private final SpecReader specs;
  private final ResourceClaims claims;
  private final ConsumerViews views;

  /** The use cases over these ports. */
  public ConsumerService(DrivenPorts ports, ProcessorTypes types, Reconciler reconciler) {
    this.ports = ports;
    this.reconciler = reconciler;
    consumers = ports.storage().consumers();
    specs = new SpecReader(new ProcessorsReader(types, ports.environment(), UUID::randomUUID));
    claims = new ResourceClaims(consumers, types, ports.environment());
    views = new ConsumerViews(types);
  }

  @Override
  public ConsumerView create(ConsumerDraft draft) {
    var now = now();
    var id = new ConsumerId(UUID.randomUUID());
    var spec = specs.read(draft, Optional.empty(), now);
    claims.check(id, spec);
    var consumer = Consumer.create(id, spec, draft.autoStart().orElse(false), now);
    consumers.insert(consumer, "created");
    return view(consumer);
  }

  @Override
  public ConsumerView get(String id) {
    return view(find(id));
  }

  @Override
  public Page<ConsumerView> list(ConsumerFilter filter) {
    var found = consumers.list(ListQueries.query(filter));
    var page = ListQueries.page(filter, found);
    var reports = reports(page.items());
    var sources =
        sources(
            consumers.wanted().stream()
                .filter(consumer -> consumer.state() instanceof ConsumerState.Active)
                .toList());
    var now = now();
    return new Page<>(
        page.items().stream()
            .map(consumer ->
                views.of(
                    consumer,
                    reports.getOrDefault(consumer.id(), List.of()),
                    isShared(consumer, sources),
                    now))
            .toList(),
        page.nextCursor());
  }

  @Override
  public ConsumerView update(String id, ConsumerDraft draft, OptionalLong expectedRevision) {
    return change(
        id,
        expectedRevision,
        before -> {
          var now = now();
          var spec = specs.read(draft, Optional.of(before.spec()), now);
          if (!spec.equals(before.spec())) {
            claims.check(before.id(), spec);
          }
          return new Change(before.update(spec, now), SpecDifference.words(before.spec(), spec));
        });
  }

  @Override
  public ConsumerView start(String id, OptionalLong expectedRevision) {
    return change(id, expectedRevision, before -> new Change(before.start(now()), "started"));
  }

  @Override
  public ConsumerView stop(String id, OptionalLong expectedRevision) {
    return change(id, expectedRevision, before -> new Change(before.stop(now()), "stopped"));
  }

  @Override
  public void delete(String id, OptionalLong expectedRevision) {
    for (int i = 0; i < TRIES; i++) {
      var consumer = find(id);
      requireRevision(consumer, expectedRevision);
      if (consumers.remove(consumer)) {
        return;
      }
    }
    throw tooBusy(id);
  }

  private record Change(Consumer next, String words) {}

  private ConsumerView change(
      String id, OptionalLong expectedRevision, Function<Consumer, Change> how) {
    for (int i = 0; i < TRIES; i++) {
      var before = find(id);
      requireRevision(before, expectedRevision);
      var change = how.apply(before);
      if (change.next().equals(before)
          || consumers.replace(before, change.next(), change.words())) {
        return view(change.next());
      }
    }
    throw tooBusy(id);
  }

  private static Refusal tooBusy(String id) {
    return new Refusal.Conflict(
        "Consumer " + id + " is being changed by others all the time; try again");
  }

  private static void requireRevision(Consumer consumer, OptionalLong expected) {
    if (expected.isPresent() && expected.getAsLong() != consumer.revision()) {
      throw new Refusal.StaleRevision(
          "Consumer "
              + consumer.id()
              + " is at revision "
              + consumer.revision()
              + ", not at "
              + expected.getAsLong());
    }
  }

  private Consumer find(String id) {
    return ConsumerId.parse(id)
        .flatMap(consumers::find)
        .orElseThrow(() -> new Refusal.NotFound("Consumer " + id + " not found"));
  }

  private ConsumerView view(Consumer consumer) {
    var reports = reports(List.of(consumer)).getOrDefault(consumer.id(), List.of());
    var sharing =
        consumers.list(
            new ConsumerQuery(
                Optional.of("ACTIVE"),
                Optional.of(consumer.spec().topic().value()),
                Optional.of(consumer.spec().group().value()),
                Optional.empty(),
                java.util.OptionalInt.of(100)));
    return views.of(consumer, reports, isShared(consumer, sources(sharing)), now());
  }

  /** This server's own sight is fresher in memory than in the database. */
  private Map<ConsumerId, List<RunReport>> reports(List<Consumer> of) {
    var reports = new HashMap<ConsumerId, List<RunReport>>();
    var ids = of.stream().map(Consumer::id).toList();
    for (var report : ports.storage().reports().of(ids)) {
      if (!report.server().equals(ports.self().id())) {
        reports.computeIfAbsent(report.consumer(), _ -> new ArrayList<>()).add(report);
      }
    }
    for (var id : ids) {
      reconciler
          .report(id)
          .ifPresent(own -> reports.computeIfAbsent(id, _ -> new ArrayList<>()).add(own));
    }
    return reports;
  }

  /** What is read by whom. */
  private record Source(String bootstrap, String topic, String group) {
    static Source of(Consumer consumer) {
      var spec = consumer.spec();
      return new Source(spec.cluster().bootstrap(), spec.topic().value(), spec.group().value());
    }
  }

  private static Map<Source, Integer> sources(List<Consumer> active) {
    var counts = new HashMap<Source, Integer>();
    active.forEach(consumer -> counts.merge(Source.of(consumer), 1, Integer::sum));
    return counts;
  }

  private static boolean isShared(Consumer consumer, Map<Source, Integer> sources) {
    return sources.getOrDefault(Source.of(consumer), 0) > 1;
  }

  private Instant now() {
    return ports.environment().clock().instant().truncatedTo(ChronoUnit.MICROS);
  }
}
