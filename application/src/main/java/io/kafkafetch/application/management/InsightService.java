package io.kafkafetch.application.management;

import io.kafkafetch.application.driven.Condition;
import io.kafkafetch.application.driven.ProcessorReport;
import io.kafkafetch.application.driven.RunCounts;
import io.kafkafetch.application.driven.RunReport;
import io.kafkafetch.application.driven.Throughput;
import io.kafkafetch.application.driving.ConsumerInsight;
import io.kafkafetch.application.fleet.Reconciler;
import io.kafkafetch.domain.consumer.Consumer;
import io.kafkafetch.domain.consumer.ConsumerState;
import io.kafkafetch.domain.consumer.ProcessorSpec;
import io.kafkafetch.domain.consumer.Trouble;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** How consumers get on: what the servers report, added up. */
final class InsightService implements ConsumerInsight {
  private final Revisions revisions;
  private final LiveViews views;
  private final Reconciler reconciler;

  InsightService(Revisions revisions, LiveViews views, Reconciler reconciler) {
    this.revisions = revisions;
    this.views = views;
    this.reconciler = reconciler;
  }

  @Override
  public Metrics metrics(String id) {
    var consumer = revisions.find(id);
    var reports = views.reports(consumer);
    var counted = reports.stream().map(RunReport::counts).reduce(RunCounts.ZERO, RunCounts::plus);
    if (reconciler.report(consumer.id()).isEmpty()) {
      // Nothing runs here now, but what did has counted.
      counted = counted.plus(reconciler.counts(consumer.id()));
    }
    var throughput =
        reports.stream().map(RunReport::throughput).reduce(Throughput.NONE, Throughput::plus);
    return new Metrics(
        counts(counted),
        throughput.recordsPerSecond(),
        throughput.bytesPerSecond(),
        latest(reports, RunReport::lastPollAt),
        latest(reports, RunReport::lastCommitAt),
        latest(reports, RunReport::lastProgressAt),
        reports.stream()
            .flatMap(report -> report.partitions().stream())
            .map(partition -> new Lag(partition.topic(), partition.partition(), partition.lag()))
            .sorted(Comparator.comparing(Lag::topic).thenComparingInt(Lag::partition))
            .toList());
  }

  private static Optional<Instant> latest(
      List<RunReport> reports, Function<RunReport, Optional<Instant>> which) {
    return reports.stream()
        .flatMap(report -> which.apply(report).stream())
        .max(Comparator.naturalOrder());
  }

  static Counts counts(RunCounts counts) {
    return new Counts(
        counts.recordsConsumed(),
        counts.bytesConsumed(),
        counts.processed(),
        counts.processedBytes(),
        counts.failed(),
        counts.retried(),
        counts.deadLettered(),
        counts.commits(),
        counts.rebalances(),
        counts.batches(),
        counts.batchMillis());
  }

  @Override
  public Health health(String id) {
    var consumer = revisions.find(id);
    var view = views.of(consumer);
    var reports = views.reports(consumer);
    var trouble =
        switch (consumer.state()) {
          case ConsumerState.InError(var failure) ->
              Optional.of(
                  new Trouble(
                      failure.reason(),
                      failure.since(),
                      failure.attempts(),
                      failure.nextRetryAt()));
          case ConsumerState.Active _, ConsumerState.Inactive _ -> view.trouble();
        };
    var byId = new HashMap<UUID, ProcessorReport>();
    for (var report : reports) {
      report.processors().forEach(p -> byId.merge(p.id(), p, ProcessorReport::plus));
    }
    return new Health(
        view,
        wellness(consumer, reports, trouble.isPresent() || view.stalled()),
        trouble,
        consumer.spec().processors().stream()
            .map(processor -> health(processor, Optional.ofNullable(byId.get(processor.id()))))
            .toList());
  }

  private static Wellness wellness(Consumer consumer, List<RunReport> reports, boolean troubled) {
    return switch (consumer.state()) {
      case ConsumerState.InError _ -> Wellness.FAILED;
      case ConsumerState.Inactive _ -> Wellness.HEALTHY;
      case ConsumerState.Active _ -> {
        var current =
            reports.stream().filter(report -> report.revision() == consumer.revision()).toList();
        boolean none =
            !current.isEmpty() && current.stream().allMatch(report -> isFailed(report.condition()));
        yield none ? Wellness.FAILED : troubled ? Wellness.DEGRADED : Wellness.HEALTHY;
      }
    };
  }

  private static boolean isFailed(Condition condition) {
    return switch (condition) {
      case FAILED, HALTED -> true;
      case STARTING, RUNNING, DEGRADED -> false;
    };
  }

  private static ProcessorHealth health(ProcessorSpec spec, Optional<ProcessorReport> seen) {
    return seen.map(InsightService::health)
        .orElseGet(() ->
            new ProcessorHealth(
                spec.id(), spec.type(), Wellness.HEALTHY, Optional.empty(), 0, 0, 0, 0, 0, 0));
  }

  private static ProcessorHealth health(ProcessorReport report) {
    return new ProcessorHealth(
        report.id(),
        report.type(),
        report
            .trouble()
            // Trouble without a next try is trouble that ended it.
            .map(trouble -> trouble.nextRetryAt().isPresent() ? Wellness.DEGRADED : Wellness.FAILED)
            .orElse(Wellness.HEALTHY),
        report.trouble(),
        report.delivered(),
        report.failed(),
        report.retried(),
        report.deadLettered(),
        report.batches(),
        report.busyMillis());
  }

  /** How a server's run is by itself. */
  static Wellness wellness(RunReport report) {
    return switch (report.condition()) {
      case FAILED, HALTED -> Wellness.FAILED;
      case DEGRADED -> Wellness.DEGRADED;
      case STARTING, RUNNING -> report.trouble().isPresent() ? Wellness.DEGRADED : Wellness.HEALTHY;
    };
  }
}
