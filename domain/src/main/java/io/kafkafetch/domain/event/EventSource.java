package io.kafkafetch.domain.event;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Who reports an event. */
public enum EventSource {
  /** Apache Airflow. */
  AIRFLOW("airflow"),
  /** A LangGraph agent. */
  LANGGRAPH("langgraph"),
  /** A FastAPI service. */
  FASTAPI("fastapi");

  private final String label;

  EventSource(String label) {
    this.label = label;
  }

  /** The word for it on the wire. */
  public String label() {
    return label;
  }

  /** The value of that label, when there is one; case matters. */
  public static Optional<EventSource> parse(String label) {
    return Arrays.stream(values()).filter(value -> value.label.equals(label)).findFirst();
  }

  /** All labels, for a message that says what is accepted. */
  public static String accepted() {
    return Arrays.stream(values()).map(EventSource::label).collect(Collectors.joining(", "));
  }
}
