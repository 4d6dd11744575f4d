package io.kafkafetch.domain.event;

import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * Something that happened to a run of a workflow (seed {@code 004}). An instance is always valid:
 * the constructor refuses what is not with an {@link IllegalArgumentException} that names the field
 * as it is called on the wire.
 *
 * @param eventId tells this event from all others
 * @param eventType what happened
 * @param timestamp when it happened, in the years 1 to 9999, with the offset that its source wrote
 * @param source who reports it
 * @param workflowId which workflow, not blank
 * @param workflowRunId which run of it, not blank
 * @param payload what the source has to say about it
 * @param metadata where it ran, and the version of its schema
 */
public record WorkflowEvent(
    UUID eventId,
    EventType eventType,
    OffsetDateTime timestamp,
    EventSource source,
    String workflowId,
    String workflowRunId,
    EventPayload payload,
    EventMetadata metadata) {
  public WorkflowEvent {
    Present.required(eventId, "event_id");
    Present.required(eventType, "event_type");
    Present.required(timestamp, "timestamp");
    Present.required(source, "source");
    Present.notBlank(workflowId, "workflow_id");
    Present.notBlank(workflowRunId, "workflow_run_id");
    Present.required(payload, "payload");
    Present.required(metadata, "metadata");
    if (timestamp.getYear() < 1 || timestamp.getYear() > 9999) {
      // Beyond these, ISO 8601 needs an agreement between both sides.
      throw new IllegalArgumentException("timestamp must be in the years 1 to 9999");
    }
  }
}
