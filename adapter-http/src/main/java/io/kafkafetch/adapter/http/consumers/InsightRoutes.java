package io.kafkafetch.adapter.http.consumers;

import com.fasterxml.jackson.core.JsonGenerator;
import io.kafkafetch.adapter.http.json.Times;
import io.kafkafetch.adapter.http.server.Exchange;
import io.kafkafetch.adapter.http.server.RouteGroup;
import io.kafkafetch.adapter.http.server.Router;
import io.kafkafetch.application.driving.ConsumerInsight;
import io.kafkafetch.application.driving.ConsumerInsight.Lag;
import io.kafkafetch.application.driving.ConsumerInsight.ProcessorHealth;
import io.kafkafetch.domain.consumer.Trouble;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How consumers get on: what they did, and how each of their processors is. */
public final class InsightRoutes implements RouteGroup {
  private static final String ID = "consumer_id";

  private final ConsumerInsight insight;

  /** Routes to that conversation. */
  public InsightRoutes(ConsumerInsight insight) {
    this.insight = insight;
  }

  @Override
  public String description() {
    return "insight";
  }

  @Override
  public void register(Router router) {
    router
        .get("/consumers/{consumer_id}/metrics", this::metrics)
        .get("/consumers/{consumer_id}/health", this::health);
  }

  private void metrics(Exchange exchange) throws IOException {
    exchange.query().end();
    var id = exchange.pathParam(ID);
    var metrics = insight.metrics(id);
    var counts = metrics.counts();
    exchange.answer(
        200,
        out -> {
          out.writeStartObject();
          out.writeStringField("consumer_id", id);
          out.writeNumberField("records_consumed", counts.recordsConsumed());
          out.writeNumberField("bytes_consumed", counts.bytesConsumed());
          out.writeNumberField("records_per_second", metrics.recordsPerSecond());
          out.writeNumberField("bytes_per_second", metrics.bytesPerSecond());
          out.writeNumberField("processed", counts.processed());
          out.writeNumberField("bytes_processed", counts.processedBytes());
          out.writeNumberField("failed", counts.failed());
          out.writeNumberField("retried", counts.retried());
          out.writeNumberField("dead_lettered", counts.deadLettered());
          out.writeNumberField("commits", counts.commits());
          out.writeNumberField("rebalances", counts.rebalances());
          Times.write(out, "last_poll_at", metrics.lastPollAt());
          Times.write(out, "last_commit_at", metrics.lastCommitAt());
          Times.write(out, "last_progress_at", metrics.lastProgressAt());
          write(out, metrics.lag());
          out.writeEndObject();
        });
  }

  private static void write(JsonGenerator out, List<Lag> partitions) throws IOException {
    out.writeObjectFieldStart("lag");
    for (var partition : partitions) {
      out.writeFieldName(Integer.toString(partition.partition()));
      if (partition.lag().isPresent()) {
        out.writeNumber(partition.lag().getAsLong());
      } else {
        out.writeNull();
      }
    }
    out.writeEndObject();
  }

  private void health(Exchange exchange) throws IOException {
    exchange.query().end();
    var health = insight.health(exchange.pathParam(ID));
    var view = health.consumer();
    exchange.answer(
        200,
        out -> {
          out.writeStartObject();
          out.writeStringField("consumer_id", view.consumer().id().toString());
          out.writeStringField("status", view.consumer().state().label());
          write(out, health.wellness());
          write(out, health.trouble());
          out.writeBooleanField("stalled", view.stalled());
          Times.write(out, "last_poll_at", view.lastPollAt());
          Times.write(out, "last_progress_at", view.lastProgressAt());
          out.writeArrayFieldStart("processors");
          for (var processor : health.processors()) {
            write(out, processor);
          }
          out.writeEndArray();
          out.writeEndObject();
        });
  }

  private static void write(JsonGenerator out, ProcessorHealth processor) throws IOException {
    out.writeStartObject();
    out.writeStringField("id", processor.id().toString());
    out.writeStringField("processor_type", processor.type());
    write(out, processor.wellness());
    write(out, processor.trouble());
    out.writeNumberField("delivered", processor.delivered());
    out.writeNumberField("failed", processor.failed());
    out.writeNumberField("retried", processor.retried());
    out.writeNumberField("dead_lettered", processor.deadLettered());
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, ConsumerInsight.Wellness wellness)
      throws IOException {
    out.writeStringField("health", wellness.name().toLowerCase(Locale.ROOT));
  }

  private static void write(JsonGenerator out, Optional<Trouble> trouble) throws IOException {
    out.writeFieldName("trouble");
    if (trouble.isPresent()) {
      ConsumerJson.write(out, trouble.get());
    } else {
      out.writeNull();
    }
  }
}
