package io.kafkafetch.adapter.http.status;

import io.kafkafetch.adapter.http.json.Times;
import io.kafkafetch.adapter.http.server.Exchange;
import io.kafkafetch.adapter.http.server.RouteGroup;
import io.kafkafetch.adapter.http.server.Router;
import io.kafkafetch.application.driving.ServerHealth;
import java.io.IOException;
import java.time.InstantSource;

/**
 * How the server is. {@code /health} is for people and monitors; {@code /health/live} says that the
 * process answers, {@code /health/ready} that it can take requests. Kafka's absence does not make
 * it unready: status and management are asked for most when Kafka is away.
 */
public final class HealthRoutes implements RouteGroup {
  private final ServerHealth health;
  private final InstantSource clock;

  /** Routes to that conversation. */
  public HealthRoutes(ServerHealth health, InstantSource clock) {
    this.health = health;
    this.clock = clock;
  }

  @Override
  public String description() {
    return "health";
  }

  @Override
  public void register(Router router) {
    router
        .get("/health", this::all)
        .get("/health/live", this::live)
        .get("/health/ready", this::ready);
  }

  private void all(Exchange exchange) throws IOException {
    exchange.query().end();
    boolean kafka = health.kafkaConnected();
    boolean database = health.databaseConnected();
    boolean healthy = kafka && database;
    exchange.answer(
        status(exchange, healthy),
        out -> {
          out.writeStartObject();
          out.writeStringField("status", healthy ? "healthy" : "unhealthy");
          Times.write(out, "timestamp", clock.instant());
          out.writeBooleanField("kafka_connected", kafka);
          out.writeBooleanField("database_connected", database);
          out.writeEndObject();
        });
  }

  private void live(Exchange exchange) throws IOException {
    exchange.query().end();
    answer(exchange, 200, "live");
  }

  private void ready(Exchange exchange) throws IOException {
    exchange.query().end();
    boolean ready = health.databaseConnected();
    answer(exchange, status(exchange, ready), ready ? "ready" : "unready");
  }

  private static int status(Exchange exchange, boolean well) {
    if (!well) {
      exchange.answerHeader("Retry-After", "1");
    }
    return well ? 200 : 503;
  }

  private void answer(Exchange exchange, int status, String word) throws IOException {
    exchange.answer(
        status,
        out -> {
          out.writeStartObject();
          out.writeStringField("status", word);
          Times.write(out, "timestamp", clock.instant());
          out.writeEndObject();
        });
  }
}
