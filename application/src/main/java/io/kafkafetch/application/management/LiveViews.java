package io.kafkafetch.application.management;

import io.kafkafetch.application.DrivenPorts;
import io.kafkafetch.application.delivery.ProcessorTypes;
import io.kafkafetch.application.driven.ConsumerQuery;
import io.kafkafetch.application.driven.Consumers;
import io.kafkafetch.application.driven.RunReport;
import io.kafkafetch.application.driving.ConsumerView;
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
import java.util.OptionalInt;

/** Consumers as they may be shown right now, with what all servers see of them. */
final class LiveViews {
  private final DrivenPorts ports;
  private final Consumers consumers;
  private final Reconciler reconciler;
  private final ConsumerViews views;

  LiveViews(DrivenPorts ports, ProcessorTypes types, Reconciler reconciler) {
    this.ports = ports;
    this.reconciler = reconciler;
    consumers = ports.storage().consumers();
    views = new ConsumerViews(types);
  }

  /** One consumer. */
  ConsumerView of(Consumer consumer) {
    var sharing =
        consumers.list(
            new ConsumerQuery(
                Optional.of("ACTIVE"),
                Optional.of(consumer.spec().topic().value()),
                Optional.of(consumer.spec().group().value()),
                Optional.empty(),
                OptionalInt.of(100)));
    return views.of(consumer, reports(consumer), isShared(consumer, sources(sharing)), now());
  }

  /** Many, in a handful of questions to the database. */
  List<ConsumerView> of(List<Consumer> many) {
    var reports = reports(many);
    var sources =
        sources(
            consumers.wanted().stream()
                .filter(consumer -> consumer.state() instanceof ConsumerState.Active)
                .toList());
    var now = now();
    return many.stream()
        .map(consumer ->
            views.of(
                consumer,
                reports.getOrDefault(consumer.id(), List.of()),
                isShared(consumer, sources),
                now))
        .toList();
  }

  /** What all servers see of a consumer. */
  List<RunReport> reports(Consumer consumer) {
    return reports(List.of(consumer)).getOrDefault(consumer.id(), List.of());
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

  /** Now, as exactly as it is kept. */
  Instant now() {
    return ports.environment().clock().instant().truncatedTo(ChronoUnit.MICROS);
  }
}
