package io.kafkafetch.application.sessions;

import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.application.driving.SessionLimits;
import io.kafkafetch.domain.consumer.GroupId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Lets so many sessions in and no more. A place is taken before a session opens and given back when
 * everything of it is freed. Safe for any thread.
 */
final class Admission {
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final SessionLimits limits;
  private final Map<GroupId, Integer> groups = new HashMap<>();
  private int open;
  private long refused;

  Admission(SessionLimits limits) {
    this.limits = limits;
  }

  /** Takes a place, or says which limit is reached. */
  synchronized void take(GroupId group) {
    int inGroup = groups.getOrDefault(group, 0);
    if (open >= limits.max()) {
      refused++;
      throw new Refusal.TooMany(
          "This server has as many sessions as it may ("
              + limits.max()
              + "); close some, or let them end.",
          RETRY);
    }
    if (inGroup >= limits.maxPerGroup()) {
      refused++;
      throw new Refusal.TooMany(
          "The group "
              + group
              + " has as many sessions on this server as it may ("
              + limits.maxPerGroup()
              + "); close some, or let them end.",
          RETRY);
    }
    open++;
    groups.put(group, inGroup + 1);
  }

  /** Gives a place back. */
  synchronized void giveBack(GroupId group) {
    open--;
    groups.computeIfPresent(group, (_, inGroup) -> inGroup == 1 ? null : inGroup - 1);
  }

  synchronized int open() {
    return open;
  }

  synchronized long refused() {
    return refused;
  }
}
