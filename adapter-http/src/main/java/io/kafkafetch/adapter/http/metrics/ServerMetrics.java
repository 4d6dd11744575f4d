package io.kafkafetch.adapter.http.metrics;

import io.kafkafetch.adapter.http.server.RequestObserver;
import io.kafkafetch.application.driving.ConsumerSessions;
import io.kafkafetch.application.driving.ServerActivity;
import io.kafkafetch.application.driving.ServerHealth;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Everything that this server has to tell Prometheus. What consumers do is counted where it
 * happens, and only read here when somebody scrapes; see ADR 0060.
 */
public final class ServerMetrics implements AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final HttpMeters http;

  /**
   * Metrics of these conversations.
   *
   * @param version of the product
   */
  public ServerMetrics(
      ServerActivity activity, ConsumerSessions sessions, ServerHealth health, String version) {
    // Not in a base unit, and told by process_cpu_usage anyway.
    registry.config().meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"));
    new ClassLoaderMetrics().bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    collections.bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    http = new HttpMeters(registry);
    var families = registry.getPrometheusRegistry();
    families.register(new ConsumerFamilies(activity));
    families.register(new ServerFamilies(activity, sessions, health, version));
  }

  /** Counts requests. */
  public RequestObserver requests() {
    return http;
  }

  /** Writes all metrics as they are now. */
  public void write(OutputStream out, ExpositionFormat format) throws IOException {
    registry.scrape(out, format.contentType());
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
