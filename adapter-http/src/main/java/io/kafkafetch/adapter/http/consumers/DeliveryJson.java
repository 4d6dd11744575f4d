package io.kafkafetch.adapter.http.consumers;

import com.fasterxml.jackson.core.JsonGenerator;
import io.kafkafetch.adapter.http.json.JsonObjectReader;
import io.kafkafetch.application.driving.DeliveryDraft;
import io.kafkafetch.domain.consumer.DeliveryPolicy;
import io.kafkafetch.domain.consumer.TopicName;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/** How records are delivered, as JSON. */
final class DeliveryJson {
  private DeliveryJson() {}

  static DeliveryDraft read(JsonObjectReader delivery) {
    var records = delivery.whole("max_batch_records");
    var bytes = delivery.whole("max_batch_bytes");
    var linger = delivery.whole("linger_ms");
    var interval = delivery.whole("commit_interval_ms");
    var retry = delivery.object("retry");
    var deadLetter = delivery.object("dead_letter");
    delivery.end();
    var draft =
        new DeliveryDraft(
            records,
            bytes,
            linger,
            interval,
            retry.map(r -> r.whole("initial_ms")).orElse(OptionalLong.empty()),
            retry.map(r -> r.whole("max_ms")).orElse(OptionalLong.empty()),
            retry.flatMap(r -> r.number("jitter")),
            retry.flatMap(DeliveryJson::attempts),
            deadLetter.flatMap(d -> d.flag("enabled")),
            deadLetter.flatMap(DeliveryJson::topic));
    retry.ifPresent(JsonObjectReader::end);
    deadLetter.ifPresent(JsonObjectReader::end);
    return draft;
  }

  /** Null asks for endless attempts. */
  private static Optional<OptionalLong> attempts(JsonObjectReader retry) {
    if (retry.isNull("attempts")) {
      return Optional.of(OptionalLong.empty());
    }
    var attempts = retry.whole("attempts");
    return attempts.isPresent() ? Optional.of(attempts) : Optional.empty();
  }

  /** Null asks for the topic that is named after the source and the group. */
  private static Optional<Optional<String>> topic(JsonObjectReader deadLetter) {
    if (deadLetter.isNull("topic")) {
      return Optional.of(Optional.empty());
    }
    var topic = deadLetter.text("topic");
    return topic.isPresent() ? Optional.of(topic) : Optional.empty();
  }

  static void write(JsonGenerator out, DeliveryPolicy delivery) throws IOException {
    out.writeStartObject();
    out.writeNumberField("max_batch_records", delivery.maxBatchRecords());
    out.writeNumberField("max_batch_bytes", delivery.maxBatchBytes());
    out.writeNumberField("linger_ms", delivery.linger().toMillis());
    out.writeNumberField("commit_interval_ms", delivery.commitInterval().toMillis());
    var retry = delivery.retry();
    out.writeObjectFieldStart("retry");
    out.writeNumberField("initial_ms", retry.initial().toMillis());
    out.writeNumberField("max_ms", retry.max().toMillis());
    out.writeNumberField("jitter", retry.jitter());
    out.writeFieldName("attempts");
    if (retry.attempts().isPresent()) {
      out.writeNumber(retry.attempts().getAsInt());
    } else {
      out.writeNull();
    }
    out.writeEndObject();
    var deadLetter = delivery.deadLetter();
    out.writeObjectFieldStart("dead_letter");
    out.writeBooleanField("enabled", deadLetter.enabled());
    // Null stands for the default topic, so that what was answered can be sent back unchanged.
    out.writeStringField("topic", deadLetter.topic().map(TopicName::value).orElse(null));
    out.writeEndObject();
    out.writeEndObject();
  }
}
