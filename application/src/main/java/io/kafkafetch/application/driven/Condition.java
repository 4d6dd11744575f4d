package io.kafkafetch.application.driven;

/** How a run is, as the server that runs it sees it. */
public enum Condition {
  /** Launched, has not polled with success yet. */
  STARTING,
  /** All is well. */
  RUNNING,
  /** Runs, but something is being retried. */
  DEGRADED,
  /** Does not get on, for a cause that may pass. */
  FAILED,
  /** Stopped for a cause that only a person can mend. */
  HALTED
}
