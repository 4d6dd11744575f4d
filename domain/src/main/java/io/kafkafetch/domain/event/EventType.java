package io.kafkafetch.domain.event;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What happened to a workflow. */
public enum EventType {
  /** A run was asked for. */
  WORKFLOW_TRIGGERED("workflow.triggered"),
  /** A run ended well. */
  WORKFLOW_COMPLETED("workflow.completed"),
  /** A run ended badly. */
  WORKFLOW_FAILED("workflow.failed");

  private final String label;

  EventType(String label) {
    this.label = label;
  }

  /** The word for it on the wire. */
  public String label() {
    return label;
  }

  /** The value of that label, when there is one; case matters. */
  public static Optional<EventType> parse(String label) {
    return Arrays.stream(values()).filter(value -> value.label.equals(label)).findFirst();
  }

  /** All labels, for a message that says what is accepted. */
  public static String accepted() {
    return Arrays.stream(values()).map(EventType::label).collect(Collectors.joining(", "));
  }
}
