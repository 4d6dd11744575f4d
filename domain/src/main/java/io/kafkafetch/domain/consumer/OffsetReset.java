package io.kafkafetch.domain.consumer;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where a group begins in a partition that it has never committed. */
public enum OffsetReset {
  /** At the oldest record. */
  EARLIEST("earliest"),
  /** At the end: only records that come after the start. */
  LATEST("latest");

  private final String label;

  OffsetReset(String label) {
    this.label = label;
  }

  /** The word for it on the wire and in the database. */
  public String label() {
    return label;
  }

  /** The value of that label, when there is one. */
  public static Optional<OffsetReset> parse(String label) {
    return Arrays.stream(values()).filter(value -> value.label.equals(label)).findFirst();
  }

  /** All labels, for a message that says what is accepted. */
  public static String accepted() {
    return Arrays.stream(values()).map(OffsetReset::label).collect(Collectors.joining(" or "));
  }
}
