package io.kafkafetch.adapter.kafka;

import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;

/**
 * Tells whether the group's coordinator answers, by the client's own count of answered heartbeats:
 * {@code poll()} does not throw on a dead broker.
 */
final class CoordinatorContact {
  private final Consumer<?, ?> consumer;
  private Optional<Metric> heartbeats = Optional.empty();
  private double seen;

  CoordinatorContact(Consumer<?, ?> consumer) {
    this.consumer = consumer;
  }

  /** Whether a heartbeat was answered since this was last asked. */
  boolean isNew() {
    if (heartbeats.isEmpty()) {
      heartbeats =
          consumer.metrics().entrySet().stream()
              .filter(entry -> entry.getKey().name().equals("heartbeat-total"))
              .<Metric>map(entry -> entry.getValue())
              .findFirst();
    }
    double total =
        heartbeats
            .map(Metric::metricValue)
            .filter(Double.class::isInstance)
            .map(Double.class::cast)
            .orElse(0.0);
    boolean news = total > seen;
    seen = total;
    return news;
  }
}
