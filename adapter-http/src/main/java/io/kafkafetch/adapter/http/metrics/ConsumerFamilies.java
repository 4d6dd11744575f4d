package io.kafkafetch.adapter.http.metrics;

import io.kafkafetch.adapter.http.metrics.LabelledRuns.Labelled;
import io.kafkafetch.application.driving.ServerActivity;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What the consumers that run here do, each by itself up to a limit. Read anew at each scrape. */
final class ConsumerFamilies implements MultiCollector {
  private static final String[] LABELS = {"consumer_id", "topic", "consumer_group"};

  private final ServerActivity activity;
  private final LabelledRuns runs = new LabelledRuns(LabelledRuns.MAX);

  ConsumerFamilies(ServerActivity activity) {
    this.activity = activity;
  }

  @Override
  public MetricSnapshots collect() {
    var all = runs.of(activity.runs());
    return Families.all(List.of(counts(all), events(all), progress(all), health(all)));
  }

  private static Labels labels(Labelled run) {
    return Labels.of(LABELS, new String[] {run.consumer(), run.topic(), run.group()});
  }

  private static Families<?> counts(List<Labelled> all) {
    return new Families<>(all, ConsumerFamilies::labels)
        .counter(
            "consumer_consumed_records",
            "Records read from Kafka",
            run -> run.counts().recordsConsumed())
        .counter(
            "consumer_consumed_bytes",
            "Keys and values of the records read from Kafka",
            run -> run.counts().bytesConsumed())
        .counter(
            "consumer_processed_records",
            "Records that every processor has dealt with",
            run -> run.counts().processed())
        .counter(
            "consumer_processed_bytes",
            "Keys and values of the records that every processor has dealt with",
            run -> run.counts().processedBytes());
  }

  private static Families<?> events(List<Labelled> all) {
    return new Families<>(all, ConsumerFamilies::labels)
        .counter(
            "consumer_failures",
            "Refusals by processors, of whatever kind",
            run -> run.counts().failed())
        .counter(
            "consumer_retries", "Tries after a transient refusal", run -> run.counts().retried())
        .counter(
            "consumer_dead_letters",
            "Records that went to the dead-letter topic",
            run -> run.counts().deadLettered())
        .counter("consumer_commits", "Commits of offsets", run -> run.counts().commits())
        .counter(
            "consumer_rebalances",
            "Times that partitions were assigned anew",
            run -> run.counts().rebalances());
  }

  private static Families<?> progress(List<Labelled> all) {
    return new Families<>(all, ConsumerFamilies::labels)
        .summary(
            "consumer_batch_seconds",
            "From handing a batch over until every processor had it",
            run -> run.counts().batches(),
            run -> (double) run.counts().batchMillis() / TimeUnit.SECONDS.toMillis(1))
        .gauge(
            "consumer_lag_records",
            "Readable records that were not committed yet, in the partitions assigned here",
            Labelled::lag)
        .gauge(
            "consumer_last_progress_timestamp_seconds",
            "When a record was last delivered here",
            ConsumerFamilies::labels,
            run ->
                run.lastProgressAt()
                    .map(at -> (double) at.toEpochMilli() / TimeUnit.SECONDS.toMillis(1)));
  }

  private static Families<?> health(List<Labelled> all) {
    var byHealth = all.stream().flatMap(ConsumerFamilies::healths).toList();
    return new Families<>(byHealth, Health::labels)
        .gauge(
            "consumer_health",
            "Runs on this server that are in that health",
            health -> health.runs());
  }

  private record Health(Labelled run, String name, int runs) {
    Labels labels() {
      return ConsumerFamilies.labels(run).add("health", name);
    }
  }

  private static Stream<Health> healths(Labelled run) {
    return run.healths().entrySet().stream()
        .map(entry ->
            new Health(run, entry.getKey().name().toLowerCase(Locale.ROOT), entry.getValue()));
  }
}
