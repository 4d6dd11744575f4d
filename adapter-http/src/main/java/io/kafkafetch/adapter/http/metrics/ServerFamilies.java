package io.kafkafetch.adapter.http.metrics;

import io.kafkafetch.application.driving.ConsumerSessions;
import io.kafkafetch.application.driving.ServerActivity;
import io.kafkafetch.application.driving.ServerActivity.Sink;
import io.kafkafetch.application.driving.ServerHealth;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the server does as a whole. Read anew at each scrape. */
final class ServerFamilies implements MultiCollector {
  private final ServerActivity activity;
  private final ConsumerSessions sessions;
  private final ServerHealth health;
  private final String version;

  ServerFamilies(
      ServerActivity activity, ConsumerSessions sessions, ServerHealth health, String version) {
    this.activity = activity;
    this.sessions = sessions;
    this.health = health;
    this.version = version;
  }

  @Override
  public MetricSnapshots collect() {
    return Families.all(
        List.of(about(), connections(), states(), batches(), sinks(), published(), sessions()));
  }

  private Families<?> about() {
    return new Families<>(List.of(version), it -> Labels.of("version", it))
        .gauge("build_info", "Which version this is", _ -> 1);
  }

  private Families<?> connections() {
    var answers = Map.of("kafka", health.kafkaConnected(), "database", health.databaseConnected());
    return new Families<>(
            List.copyOf(new TreeMap<>(answers).entrySet()),
            answer -> Labels.of("service", answer.getKey()))
        .gauge(
            "connected",
            "Whether what the server needs answers it",
            answer -> answer.getValue() ? 1 : 0);
  }

  /** Every state is there, so that a query does not come out empty where there is nobody. */
  private Families<?> states() {
    var counts = activity.consumersByState();
    return new Families<>(
            counts.isPresent() ? List.of("ACTIVE", "INACTIVE", "ERROR") : List.of(),
            state -> Labels.of("state", state))
        .gauge(
            "consumers",
            "Consumers by state, on all servers; absent while the database is away",
            state -> counts.map(known -> known.getOrDefault(state, 0)).orElse(0));
  }

  private Families<?> batches() {
    return Families.single()
        .histogram(
            "batch_seconds",
            "From handing a batch over until every processor of its consumer had it",
            _ -> activity.batches());
  }

  private Families<?> sinks() {
    return new Families<>(activity.sinks(), sink -> Labels.of("processor_type", sink.type()))
        .counter("sink_records", "Records that processors took", Sink::delivered)
        .counter("sink_failures", "Refusals by processors, of whatever kind", Sink::failed)
        .counter("sink_retries", "Tries after a transient refusal", Sink::retried)
        .counter("sink_dead_letters", "Records that a processor never takes", Sink::deadLettered)
        .histogram("sink_seconds", "Calls to processors, one for each batch", Sink::calls);
  }

  private Families<?> published() {
    var published = activity.published();
    return Families.single()
        .counter("published_records", "Records that callers had written", _ -> published.records())
        .counter("published_bytes", "Their keys and values", _ -> published.bytes())
        .counter("publish_failures", "Records that were not acknowledged", _ -> published.failed());
  }

  private Families<?> sessions() {
    var counts = sessions.counts();
    return Families.single()
        .gauge("sessions_open", "Sessions that are open now", _ -> counts.open())
        .counter("sessions_opened", "Sessions that were opened", _ -> counts.opened())
        .counter("sessions_closed", "Sessions that their clients closed", _ -> counts.closed())
        .counter("sessions_expired", "Sessions that nobody called in time", _ -> counts.expired())
        .counter("sessions_failed", "Sessions whose reader broke", _ -> counts.failed())
        .counter("sessions_refused", "Sessions refused because of a limit", _ -> counts.refused());
  }
}
