package io.kafkafetch.adapter.http.metrics;

import io.kafkafetch.application.driving.ServerActivity.Latency;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Families of metrics over things of one kind, each thing with its labels. Names are given without
 * our prefix, and counters without {@code _total}, which is put behind them when they are written.
 */
final class Families<T> {
  private static final String PREFIX = "kafkafetch_";

  private final List<T> things;
  private final Function<T, Labels> labels;
  private final List<MetricSnapshot> families = new ArrayList<>();

  Families(List<T> things, Function<T, Labels> labels) {
    this.things = things;
    this.labels = labels;
  }

  /** Families that have one value each, without labels. */
  static Families<Boolean> single() {
    return new Families<>(List.of(true), _ -> Labels.EMPTY);
  }

  static MetricSnapshots all(List<Families<?>> parts) {
    return new MetricSnapshots(parts.stream().flatMap(part -> part.families.stream()).toList());
  }

  Families<T> counter(String name, String help, ToLongFunction<T> value) {
    var family = CounterSnapshot.builder().name(PREFIX + name).help(help);
    for (var thing : things) {
      family.dataPoint(
          CounterDataPointSnapshot.builder()
              .labels(labels.apply(thing))
              .value((double) value.applyAsLong(thing))
              .build());
    }
    families.add(family.build());
    return this;
  }

  Families<T> gauge(String name, String help, ToDoubleFunction<T> value) {
    return gauge(name, help, labels, thing -> Optional.of(value.applyAsDouble(thing)));
  }

  /** A gauge with labels of its own; things without a value are left out. */
  Families<T> gauge(
      String name, String help, Function<T, Labels> its, Function<T, Optional<Double>> value) {
    var family = GaugeSnapshot.builder().name(PREFIX + name).help(help);
    for (var thing : things) {
      value
          .apply(thing)
          .ifPresent(known ->
              family.dataPoint(
                  GaugeDataPointSnapshot.builder().labels(its.apply(thing)).value(known).build()));
    }
    families.add(family.build());
    return this;
  }

  /** How many there were and how long they took, for each thing. */
  Families<T> summary(
      String name, String help, ToLongFunction<T> count, ToDoubleFunction<T> seconds) {
    var family = SummarySnapshot.builder().name(PREFIX + name).help(help);
    for (var thing : things) {
      family.dataPoint(
          SummaryDataPointSnapshot.builder()
              .labels(labels.apply(thing))
              .count(count.applyAsLong(thing))
              .sum(seconds.applyAsDouble(thing))
              .build());
    }
    families.add(family.build());
    return this;
  }

  Families<T> histogram(String name, String help, Function<T, Latency> latency) {
    var family = HistogramSnapshot.builder().name(PREFIX + name).help(help);
    for (var thing : things) {
      var found = latency.apply(thing);
      var bounds = new ArrayList<>(found.bounds());
      bounds.add(Double.POSITIVE_INFINITY);
      family.dataPoint(
          HistogramDataPointSnapshot.builder()
              .labels(labels.apply(thing))
              .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, found.counts()))
              .sum(found.seconds())
              .build());
    }
    families.add(family.build());
    return this;
  }
}
