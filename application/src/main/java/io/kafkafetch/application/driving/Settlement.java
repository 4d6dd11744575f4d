package io.kafkafetch.application.driving;

import java.time.Instant;

/**
 * How a dead letter was dealt with by a redrive.
 *
 * @param outcome what came of it
 * @param at when
 */
public record Settlement(Outcome outcome, Instant at) {
  /** What came of giving a letter to its processor again. */
  public enum Outcome {
    /** The processor took it. */
    DELIVERED("delivered"),
    /** The processor refused it again, and there is a new letter of the next attempt. */
    DEAD_LETTERED("dead_lettered");

    private final String label;

    Outcome(String label) {
      this.label = label;
    }

    /** The word for it on the wire and in the database. */
    public String label() {
      return label;
    }
  }
}
