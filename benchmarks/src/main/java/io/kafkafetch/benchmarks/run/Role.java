package io.kafkafetch.benchmarks.run;

/** What a contestant is in the comparison. */
public enum Role {
  /** What the same work costs with nothing around it. */
  LIMIT,
  /** What others use for the same work. */
  PEER,
  /** This server. */
  OURS
}
