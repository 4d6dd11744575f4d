package io.kafkafetch.adapter.http.deadletters;

import com.fasterxml.jackson.core.JsonGenerator;
import io.kafkafetch.adapter.http.json.RecordBytes;
import io.kafkafetch.adapter.http.json.Times;
import io.kafkafetch.application.driving.DeadLetterPage;
import io.kafkafetch.application.driving.Purge;
import io.kafkafetch.application.driving.Redrive;
import io.kafkafetch.application.driving.RedriveCounts;
import io.kafkafetch.application.driving.StoredLetter;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Dead letters, and what was done about them, as JSON. */
final class DeadLetterJson {
  private DeadLetterJson() {}

  static void write(JsonGenerator out, DeadLetterPage page) throws IOException {
    out.writeStartObject();
    out.writeStringField("dead_letter_topic", page.topic());
    out.writeArrayFieldStart("dead_letters");
    for (var letter : page.letters()) {
      write(out, letter);
    }
    out.writeEndArray();
    out.writeNumberField("unreadable", page.unreadable());
    write(out, "next_cursor", page.nextCursor());
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, StoredLetter letter) throws IOException {
    out.writeStartObject();
    out.writeNumberField("dead_letter_partition", letter.place().partition());
    out.writeNumberField("dead_letter_offset", letter.place().offset());
    out.writeStringField("topic", letter.source().topic());
    out.writeStringField("topic_id", letter.source().topicId());
    out.writeNumberField("partition", letter.source().partition());
    out.writeNumberField("offset", letter.offset());
    Times.write(
        out,
        "timestamp",
        letter.timestamp() < 0
            ? Optional.empty()
            : Optional.of(Instant.ofEpochMilli(letter.timestamp())));
    RecordBytes.writeText(out, "key", letter.key());
    RecordBytes.writeValue(out, "value", letter.value());
    writeHeaders(out, letter);
    out.writeStringField("consumer_group", letter.group());
    out.writeStringField("processor_id", letter.processorId());
    out.writeStringField("processor_type", letter.processorType());
    out.writeStringField("reason", letter.reason());
    out.writeNumberField("attempt", letter.attempt());
    Times.write(out, "at", letter.at());
    writeSettlement(out, letter);
    out.writeEndObject();
  }

  private static void writeHeaders(JsonGenerator out, StoredLetter letter) throws IOException {
    out.writeArrayFieldStart("headers");
    for (var header : letter.headers()) {
      out.writeStartObject();
      out.writeStringField("name", header.name());
      RecordBytes.writeText(out, "value", header.value());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void writeSettlement(JsonGenerator out, StoredLetter letter) throws IOException {
    out.writeFieldName("redriven");
    if (letter.settled().isPresent()) {
      var settled = letter.settled().get();
      out.writeStartObject();
      out.writeStringField("outcome", settled.outcome().label());
      Times.write(out, "at", settled.at());
      out.writeEndObject();
    } else {
      out.writeNull();
    }
  }

  static void write(JsonGenerator out, Redrive redrive) throws IOException {
    out.writeStartObject();
    out.writeStringField("redrive_id", redrive.id().toString());
    out.writeStringField("consumer_id", redrive.consumer().toString());
    out.writeBooleanField("dry_run", false);
    out.writeStringField("state", redrive.state().name().toLowerCase(Locale.ROOT));
    out.writeStringField("server", redrive.server());
    out.writeStringField("dead_letter_topic", redrive.topic());
    Times.write(out, "started_at", redrive.startedAt());
    Times.write(out, "updated_at", redrive.updatedAt());
    Times.write(out, "ended_at", redrive.endedAt());
    counts(out, redrive.counts());
    write(out, "trouble", redrive.trouble());
    out.writeArrayFieldStart("remarks");
    for (var remark : redrive.remarks()) {
      out.writeString(remark);
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  static void writePreview(JsonGenerator out, RedriveCounts counts) throws IOException {
    out.writeStartObject();
    out.writeBooleanField("dry_run", true);
    counts(out, counts);
    out.writeEndObject();
  }

  private static void counts(JsonGenerator out, RedriveCounts counts) throws IOException {
    out.writeObjectFieldStart("counts");
    out.writeNumberField("letters", counts.letters());
    out.writeNumberField("selected", counts.selected());
    out.writeNumberField("delivered", counts.delivered());
    out.writeNumberField("dead_lettered", counts.deadLettered());
    out.writeNumberField("already_redriven", counts.alreadyRedriven());
    out.writeNumberField("attempts_used_up", counts.attemptsUsedUp());
    out.writeNumberField("without_processor", counts.withoutProcessor());
    out.writeNumberField("unreadable", counts.unreadable());
    out.writeNumberField("retries", counts.retries());
    out.writeEndObject();
  }

  static void write(JsonGenerator out, Purge purge) throws IOException {
    out.writeStartObject();
    out.writeBooleanField("dry_run", purge.dryRun());
    out.writeStringField("dead_letter_topic", purge.topic());
    out.writeNumberField("dead_letters", purge.letters());
    out.writeNumberField("not_redriven", purge.notRedriven());
    out.writeNumberField("others", purge.others());
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, String name, Optional<String> text)
      throws IOException {
    if (text.isPresent()) {
      out.writeStringField(name, text.get());
    } else {
      out.writeNullField(name);
    }
  }
}
