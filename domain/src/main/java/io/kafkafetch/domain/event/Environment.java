package io.kafkafetch.domain.event;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where a workflow ran. */
public enum Environment {
  /** Development. */
  DEV("dev"),
  /** The rehearsal before production. */
  STAGING("staging"),
  /** Production. */
  PROD("prod");

  private final String label;

  Environment(String label) {
    this.label = label;
  }

  /** The word for it on the wire. */
  public String label() {
    return label;
  }

  /** The value of that label, when there is one; case matters. */
  public static Optional<Environment> parse(String label) {
    return Arrays.stream(values()).filter(value -> value.label.equals(label)).findFirst();
  }

  /** All labels, for a message that says what is accepted. */
  public static String accepted() {
    return Arrays.stream(values()).map(Environment::label).collect(Collectors.joining(", "));
  }
}
