package io.kafkafetch.application.management;

import io.kafkafetch.application.delivery.DeliveryCounts;
import io.kafkafetch.application.delivery.LatencyHistogram;
import io.kafkafetch.application.driven.RecordPublisher;
import io.kafkafetch.application.driving.ServerActivity;
import io.kafkafetch.application.fleet.Reconciler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What this server does: the counts of its parts, put side by side. */
final class ActivityService implements ServerActivity {
  private final Reconciler reconciler;
  private final DeliveryCounts deliveries;
  private final RecordPublisher publisher;

  ActivityService(Reconciler reconciler, DeliveryCounts deliveries, RecordPublisher publisher) {
    this.reconciler = reconciler;
    this.deliveries = deliveries;
    this.publisher = publisher;
  }

  @Override
  public List<Run> runs() {
    var sight = reconciler.sight();
    var runs = new ArrayList<Run>();
    sight
        .reports()
        .forEach((id, report) -> {
          var spec = sight.specs().get(id);
          if (spec != null) {
            runs.add(
                new Run(
                    id.toString(),
                    spec.topic().value(),
                    spec.group().value(),
                    InsightService.wellness(report),
                    InsightService.counts(report.counts()),
                    report.lag(),
                    report.lastProgressAt()));
          }
        });
    return runs;
  }

  @Override
  public Optional<Map<String, Integer>> consumersByState() {
    return reconciler.sight().states();
  }

  @Override
  public Latency batches() {
    return latency(deliveries.batches());
  }

  @Override
  public List<Sink> sinks() {
    return deliveries.sinks().entrySet().stream()
        .map(sink ->
            new Sink(
                sink.getKey(),
                sink.getValue().delivered(),
                sink.getValue().failed(),
                sink.getValue().retried(),
                sink.getValue().deadLettered(),
                latency(sink.getValue().calls())))
        .toList();
  }

  private static Latency latency(LatencyHistogram histogram) {
    return new Latency(LatencyHistogram.bounds(), histogram.counts(), histogram.seconds());
  }

  @Override
  public Published published() {
    return publisher.published();
  }
}
