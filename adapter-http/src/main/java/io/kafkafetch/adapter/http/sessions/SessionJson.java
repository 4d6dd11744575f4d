package io.kafkafetch.adapter.http.sessions;

import com.fasterxml.jackson.core.JsonGenerator;
import io.kafkafetch.application.driving.Gap;
import io.kafkafetch.application.driving.PartitionId;
import io.kafkafetch.application.driving.SessionAnswer;
import io.kafkafetch.application.driving.SessionPositions;
import io.kafkafetch.application.driving.SessionPositions.Place;
import io.kafkafetch.application.driving.SessionView;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is answered to clients of sessions: the fields of their API, then what came since. */
final class SessionJson {
  private SessionJson() {}

  static void write(JsonGenerator out, SessionView view) throws IOException {
    out.writeStartObject();
    out.writeStringField("consumer_id", view.id());
    out.writeStringField("group_id", view.group());
    out.writeArrayFieldStart("topics");
    for (var topic : view.topics()) {
      out.writeString(topic);
    }
    out.writeEndArray();
    writeAssignment(out, view.assignment());
    out.writeStringField("next_token", view.nextToken());
    out.writeEndObject();
  }

  static void write(JsonGenerator out, SessionAnswer answer, RecordJson records, long now)
      throws IOException {
    out.writeStartObject();
    writeRecords(out, answer, records);
    out.writeNumberField("timestamp", now);
    out.writeStringField("next_token", answer.nextToken());
    writeNews(out, answer);
    out.writeEndObject();
  }

  /** The same for a stream, which is resumed by the id of its events and not by tokens. */
  static void writeStreamed(JsonGenerator out, SessionAnswer answer, RecordJson records)
      throws IOException {
    out.writeStartObject();
    writeRecords(out, answer, records);
    writeNews(out, answer);
    out.writeEndObject();
  }

  private static void writeRecords(JsonGenerator out, SessionAnswer answer, RecordJson records)
      throws IOException {
    out.writeArrayFieldStart("records");
    records.write(out, answer.batches());
    out.writeEndArray();
  }

  private static void writeNews(JsonGenerator out, SessionAnswer answer) throws IOException {
    if (answer.assignment().isPresent()) {
      writeAssignment(out, answer.assignment().get());
    }
    if (!answer.gaps().isEmpty()) {
      writeGaps(out, answer.gaps());
    }
  }

  private static void writeGaps(JsonGenerator out, List<Gap> gaps) throws IOException {
    out.writeArrayFieldStart("gaps");
    for (var gap : gaps) {
      out.writeStartObject();
      out.writeStringField("topic", gap.partition().topic());
      out.writeNumberField("partition", gap.partition().partition());
      out.writeNumberField("from", gap.from());
      out.writeNumberField("to", gap.to());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  static void write(JsonGenerator out, SessionPositions positions) throws IOException {
    out.writeStartObject();
    writeNumbers(out, "offsets", numbers(positions, Place::position));
    writeNumbers(out, "lag", numbers(positions, Place::lag));
    writeAssignment(out, positions.assignment());
    out.writeEndObject();
  }

  private static Map<PartitionId, OptionalLong> numbers(
      SessionPositions positions, Function<Place, OptionalLong> number) {
    var numbers = new TreeMap<PartitionId, OptionalLong>();
    positions
        .partitions()
        .forEach((partition, place) -> numbers.put(partition, number.apply(place)));
    return numbers;
  }

  static void writeOffsets(JsonGenerator out, String name, Map<PartitionId, Long> offsets)
      throws IOException {
    writeNumbers(
        out,
        name,
        offsets.entrySet().stream()
            .collect(
                Collectors.toMap(Map.Entry::getKey, entry -> OptionalLong.of(entry.getValue()))));
  }

  private static void writeNumbers(
      JsonGenerator out, String name, Map<PartitionId, OptionalLong> numbers) throws IOException {
    var topics = new TreeMap<String, Map<Integer, OptionalLong>>();
    numbers.forEach((partition, number) ->
        topics
            .computeIfAbsent(partition.topic(), _ -> new TreeMap<>())
            .put(partition.partition(), number));
    out.writeObjectFieldStart(name);
    for (var topic : topics.entrySet()) {
      out.writeObjectFieldStart(topic.getKey());
      for (var partition : topic.getValue().entrySet()) {
        out.writeFieldName(Integer.toString(partition.getKey()));
        if (partition.getValue().isPresent()) {
          out.writeNumber(partition.getValue().getAsLong());
        } else {
          out.writeNull();
        }
      }
      out.writeEndObject();
    }
    out.writeEndObject();
  }

  private static void writeAssignment(JsonGenerator out, Map<String, List<Integer>> assignment)
      throws IOException {
    out.writeObjectFieldStart("assignment");
    for (var topic : assignment.entrySet()) {
      out.writeArrayFieldStart(topic.getKey());
      for (int partition : topic.getValue()) {
        out.writeNumber(partition);
      }
      out.writeEndArray();
    }
    out.writeEndObject();
  }
}
