package io.kafkafetch.adapter.http.consumers;

import com.fasterxml.jackson.core.JsonGenerator;
import io.kafkafetch.adapter.http.json.JsonValues;
import io.kafkafetch.adapter.http.json.Times;
import io.kafkafetch.application.driving.ConsumerView;
import io.kafkafetch.domain.consumer.ClusterAddress;
import io.kafkafetch.domain.consumer.ConsumerSpec;
import io.kafkafetch.domain.consumer.ConsumerState;
import io.kafkafetch.domain.consumer.Failure;
import io.kafkafetch.domain.consumer.ProcessorSpec;
import io.kafkafetch.domain.consumer.Trouble;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** A consumer as JSON: the fields of the first API in their order, then what came since. */
final class ConsumerJson {
  private ConsumerJson() {}

  static void write(JsonGenerator out, ConsumerView view) throws IOException {
    var consumer = view.consumer();
    var spec = consumer.spec();
    out.writeStartObject();
    out.writeStringField("consumer_id", consumer.id().toString());
    writeSource(out, spec);
    out.writeStringField("status", consumer.state().label());
    writeProcessors(out, spec);
    Times.write(out, "created_at", consumer.createdAt());
    Times.write(out, "updated_at", consumer.updatedAt());
    writeFurther(out, spec);
    out.writeNumberField("revision", consumer.revision());
    writeHealth(out, view);
    out.writeEndObject();
  }

  /** A spec without the consumer that it is of. */
  static void write(JsonGenerator out, ConsumerSpec spec) throws IOException {
    writeSource(out, spec);
    writeProcessors(out, spec);
    writeFurther(out, spec);
  }

  private static void writeSource(JsonGenerator out, ConsumerSpec spec) throws IOException {
    var first = spec.cluster().bootstrapServers().getFirst();
    out.writeStringField("broker_ip", first.host());
    out.writeNumberField("broker_port", first.port());
    out.writeStringField("topic", spec.topic().value());
    out.writeStringField("consumer_group", spec.group().value());
  }

  private static void writeProcessors(JsonGenerator out, ConsumerSpec spec) throws IOException {
    out.writeArrayFieldStart("processor_configs");
    for (var processor : spec.processors()) {
      write(out, processor);
    }
    out.writeEndArray();
  }

  private static void writeFurther(JsonGenerator out, ConsumerSpec spec) throws IOException {
    write(out, spec.cluster());
    out.writeNumberField("tasks_max", spec.tasksMax());
    out.writeStringField("auto_offset_reset", spec.offsetReset().label());
    out.writeFieldName("delivery");
    DeliveryJson.write(out, spec.delivery());
  }

  private static void write(JsonGenerator out, ProcessorSpec processor) throws IOException {
    out.writeStartObject();
    out.writeStringField("id", processor.id().toString());
    out.writeStringField("processor_type", processor.type());
    out.writeFieldName("config");
    JsonValues.write(out, processor.config().values());
    Times.write(out, "created_at", processor.createdAt());
    Times.write(out, "updated_at", processor.updatedAt());
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, ClusterAddress cluster) throws IOException {
    out.writeArrayFieldStart("bootstrap_servers");
    for (var broker : cluster.bootstrapServers()) {
      out.writeString(broker.toString());
    }
    out.writeEndArray();
    out.writeFieldName("client_config");
    JsonValues.write(out, cluster.clientConfig());
  }

  private static void writeHealth(JsonGenerator out, ConsumerView view) throws IOException {
    out.writeFieldName("error");
    switch (view.consumer().state()) {
      case ConsumerState.InError(Failure f) ->
          writeReason(out, f.reason(), f.since(), f.attempts(), f.nextRetryAt());
      case ConsumerState.Active _, ConsumerState.Inactive _ -> out.writeNull();
    }
    out.writeFieldName("trouble");
    if (view.trouble().isPresent()) {
      write(out, view.trouble().get());
    } else {
      out.writeNull();
    }
    out.writeBooleanField("stalled", view.stalled());
    Times.write(out, "last_poll_at", view.lastPollAt());
    Times.write(out, "last_progress_at", view.lastProgressAt());
  }

  static void write(JsonGenerator out, Trouble trouble) throws IOException {
    writeReason(out, trouble.reason(), trouble.since(), trouble.attempts(), trouble.nextRetryAt());
  }

  private static void writeReason(
      JsonGenerator out, String reason, Instant since, int attempts, Optional<Instant> nextRetryAt)
      throws IOException {
    out.writeStartObject();
    out.writeStringField("reason", reason);
    Times.write(out, "since", since);
    out.writeNumberField("attempts", attempts);
    Times.write(out, "next_retry_at", nextRetryAt);
    out.writeEndObject();
  }
}
