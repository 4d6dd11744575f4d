package io.kafkafetch.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kafkafetch.domain.event.Environment;
import io.kafkafetch.domain.event.EventMetadata;
import io.kafkafetch.domain.event.EventPayload;
import io.kafkafetch.domain.event.EventSource;
import io.kafkafetch.domain.event.EventType;
import io.kafkafetch.domain.event.WorkflowEvent;
import io.kafkafetch.domain.processor.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Workflow events as JSON, keyed by {@code workflow_id}. Every field is required but {@code
 * metadata.version}; a missing one, another type, an unknown label, a UUID or a time that is none,
 * and a name that comes twice are refused by name. Unknown fields are ignored, so that a producer
 * can be newer than its consumers. A time without an offset is UTC.
 */
public final class WorkflowEventCodec implements RecordCodec<WorkflowEvent> {
  // UUID.fromString also takes "1-1-1-1-1".
  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  /** The one codec of workflow events; it holds no state. */
  public WorkflowEventCodec() {}

  @Override
  public WorkflowEvent decode(byte @Nullable [] value) {
    if (value == null) {
      throw new InvalidRecordException("The record has no value");
    }
    if (!(JsonText.read(value) instanceof Map<?, ?> object)) {
      throw new InvalidRecordException("The value must be a JSON object");
    }
    var violations = new ArrayList<Violation>();
    return event(new JsonFields(object, "", violations), violations);
  }

  private static WorkflowEvent event(JsonFields fields, List<Violation> violations) {
    var id = fields.parsed("event_id", "a UUID", WorkflowEventCodec::uuid);
    var type = fields.parsed("event_type", "one of " + EventType.accepted(), EventType::parse);
    var timestamp = fields.parsed("timestamp", "an ISO 8601 date and time", IsoTimestamp::parse);
    var source = fields.parsed("source", "one of " + EventSource.accepted(), EventSource::parse);
    var workflowId = fields.text("workflow_id");
    var runId = fields.text("workflow_run_id");
    var data = fields.fields("payload").flatMap(payload -> payload.object("data"));
    var metadata = fields.fields("metadata").flatMap(WorkflowEventCodec::metadata);
    if (!violations.isEmpty()) {
      throw new InvalidRecordException(violations);
    }
    try {
      return new WorkflowEvent(
          id.orElseThrow(),
          type.orElseThrow(),
          timestamp.orElseThrow(),
          source.orElseThrow(),
          workflowId.orElseThrow(),
          runId.orElseThrow(),
          payload(data.orElseThrow()),
          metadata.orElseThrow());
    } catch (IllegalArgumentException e) {
      throw new InvalidRecordException(String.valueOf(e.getMessage()), e);
    }
  }

  private static Optional<EventMetadata> metadata(JsonFields fields) {
    var environment =
        fields.parsed("environment", "one of " + Environment.accepted(), Environment::parse);
    var version =
        fields.has("version") ? fields.text("version") : Optional.of(EventMetadata.DEFAULT_VERSION);
    return environment.flatMap(place -> version.map(text -> new EventMetadata(place, text)));
  }

  // The names of a JSON object are strings; the checker does not see annotations in a cast.
  @SuppressWarnings({"unchecked", "NullAway"})
  private static EventPayload payload(Map<?, ?> data) {
    return new EventPayload((Map<String, @Nullable Object>) data);
  }

  private static Optional<UUID> uuid(String text) {
    return UUID_FORM.matcher(text).matches()
        ? Optional.of(UUID.fromString(text))
        : Optional.empty();
  }

  @Override
  public byte[] encode(WorkflowEvent event) {
    var object = new LinkedHashMap<String, Object>();
    object.put("event_id", event.eventId().toString());
    object.put("event_type", event.eventType().label());
    object.put("timestamp", IsoTimestamp.format(event.timestamp()));
    object.put("source", event.source().label());
    object.put("workflow_id", event.workflowId());
    object.put("workflow_run_id", event.workflowRunId());
    object.put("payload", Map.of("data", event.payload().data()));
    var metadata = new LinkedHashMap<String, Object>();
    metadata.put("environment", event.metadata().environment().label());
    metadata.put("version", event.metadata().version());
    object.put("metadata", metadata);
    return JsonText.write(object);
  }

  @Override
  public byte[] keyOf(WorkflowEvent event) {
    return event.workflowId().getBytes(UTF_8);
  }
}
