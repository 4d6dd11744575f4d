package io.kafkafetch.application.driving;

/**
 * How many consumer sessions there may be.
 *
 * @param max on this server, at least 1
 * @param maxPerGroup on this server in one group, at least 1
 */
public record SessionLimits(int max, int maxPerGroup) {
  /** What a server has when nobody says anything else. */
  public static SessionLimits defaults() {
    return new SessionLimits(10_000, 1_000);
  }
}
