package io.kafkafetch.application.driving;

/** How a redrive is. */
public enum RedriveState {
  /** It gives letters to their processors. */
  RUNNING,
  /** It came to the end of what was chosen. */
  COMPLETED,
  /** It could not go on, and says why; the letters that it did not get to are as they were. */
  FAILED,
  /** Somebody stopped it. */
  CANCELLED,
  /** Its server was stopped or died; another redrive goes on where it was. */
  INTERRUPTED
}
