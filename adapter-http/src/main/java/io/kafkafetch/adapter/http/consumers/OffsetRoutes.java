package io.kafkafetch.adapter.http.consumers;

import com.fasterxml.jackson.core.JsonGenerator;
import io.kafkafetch.adapter.http.server.Exchange;
import io.kafkafetch.adapter.http.server.RouteGroup;
import io.kafkafetch.adapter.http.server.Router;
import io.kafkafetch.application.driving.ConsumerOffsets;
import io.kafkafetch.application.driving.OffsetPlan;
import java.io.IOException;
import java.util.OptionalLong;

/** Where a consumer's group is, and moving it. */
public final class OffsetRoutes implements RouteGroup {
  private static final String ID = "consumer_id";
  private static final String PATH = "/consumers/{consumer_id}/offsets";

  private final ConsumerOffsets offsets;

  /** Routes to that conversation. */
  public OffsetRoutes(ConsumerOffsets offsets) {
    this.offsets = offsets;
  }

  @Override
  public String description() {
    return "offsets";
  }

  @Override
  public void register(Router router) {
    router.get(PATH, this::positions).patch(PATH, this::move);
  }

  private void positions(Exchange exchange) throws IOException {
    exchange.query().end();
    var id = exchange.pathParam(ID);
    var positions = offsets.positions(id);
    exchange.answer(
        200,
        out -> {
          out.writeStartObject();
          out.writeStringField("consumer_id", id);
          out.writeStringField("topic", positions.topic());
          out.writeStringField("consumer_group", positions.group());
          long total = 0;
          out.writeArrayFieldStart("partitions");
          for (var entry : positions.partitions().entrySet()) {
            var lag = entry.getValue();
            out.writeStartObject();
            out.writeNumberField("partition", entry.getKey());
            write(out, "current_offset", lag.committedOffset());
            out.writeNumberField("log_start_offset", lag.logStartOffset());
            out.writeNumberField("log_end_offset", lag.logEndOffset());
            out.writeNumberField("lag", lag.lag());
            out.writeEndObject();
            total += lag.lag();
          }
          out.writeEndArray();
          out.writeNumberField("total_lag", total);
          out.writeEndObject();
        });
  }

  private void move(Exchange exchange) throws IOException {
    var id = exchange.pathParam(ID);
    var request = OffsetRequests.read(exchange);
    var plan =
        request.dryRun()
            ? offsets.plan(id, request.move())
            : offsets.move(id, request.move(), request.token());
    exchange.answer(200, out -> write(out, id, plan));
  }

  private static void write(JsonGenerator out, String id, OffsetPlan plan) throws IOException {
    out.writeStartObject();
    out.writeStringField("consumer_id", id);
    out.writeBooleanField("applied", plan.applied());
    out.writeStringField("plan", plan.token());
    out.writeFieldName("obstacle");
    if (plan.obstacle().isPresent()) {
      out.writeString(plan.obstacle().get());
    } else {
      out.writeNull();
    }
    long replayed = 0;
    long skipped = 0;
    out.writeArrayFieldStart("partitions");
    for (var move : plan.partitions()) {
      out.writeStartObject();
      out.writeNumberField("partition", move.partition());
      write(out, "from", move.from());
      out.writeNumberField("to", move.to());
      out.writeNumberField("records_replayed", move.replayed());
      out.writeNumberField("records_skipped", move.skipped());
      out.writeEndObject();
      replayed += move.replayed();
      skipped += move.skipped();
    }
    out.writeEndArray();
    out.writeNumberField("records_replayed", replayed);
    out.writeNumberField("records_skipped", skipped);
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, String name, OptionalLong value) throws IOException {
    if (value.isPresent()) {
      out.writeNumberField(name, value.getAsLong());
    } else {
      out.writeNullField(name);
    }
  }
}
