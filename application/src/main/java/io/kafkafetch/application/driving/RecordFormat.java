package io.kafkafetch.application.driving;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a session's client wants keys and values. */
public enum RecordFormat {
  /** As base64, whatever they are. */
  BASE64("base64"),
  /** As JSON values where they are JSON. */
  JSON("json"),
  /** As texts where they are UTF-8. */
  TEXT("text");

  private final String label;

  RecordFormat(String label) {
    this.label = label;
  }

  /** The word for it on the wire. */
  public String label() {
    return label;
  }

  /** The format of that label, when there is one. */
  public static Optional<RecordFormat> parse(String label) {
    return Arrays.stream(values()).filter(value -> value.label.equals(label)).findFirst();
  }

  /** All labels, for a message that says what is accepted. */
  public static String accepted() {
    return Arrays.stream(values()).map(RecordFormat::label).collect(Collectors.joining(", "));
  }
}
