package io.kafkafetch.adapter.http.metrics;

import io.kafkafetch.adapter.http.server.RequestObserver;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Requests by route, method and status: as many timers as there are of these, never more. */
final class HttpMeters implements RequestObserver {
  /** From a look into memory to a poll that waits as long as it may. */
  private static final Duration[] BOUNDS =
      Stream.of(1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000)
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final MeterRegistry registry;
  private final AtomicInteger active = new AtomicInteger();
  private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

  private record Kind(String method, String route, int status) {}

  HttpMeters(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder("kafkafetch.http.requests.active", active, AtomicInteger::get)
        .description("Requests in progress, those that wait for records included")
        .register(registry);
  }

  @Override
  public void begun() {
    active.incrementAndGet();
  }

  @Override
  public void ended(String method, String route, int status, long nanos) {
    active.decrementAndGet();
    timers
        .computeIfAbsent(new Kind(method, route, status), this::timer)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(Kind kind) {
    return Timer.builder("kafkafetch.http.requests")
        .description("Requests, from their arrival to the end of their answer")
        .tag("method", kind.method())
        .tag("route", kind.route())
        .tag("status", Integer.toString(kind.status()))
        .serviceLevelObjectives(BOUNDS)
        .register(registry);
  }
}
