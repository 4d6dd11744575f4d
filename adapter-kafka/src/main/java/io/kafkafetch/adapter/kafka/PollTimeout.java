package io.kafkafetch.adapter.kafka;

import io.kafkafetch.domain.consumer.DeliveryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

/** For how long a member's poll may wait when nothing comes. */
final class PollTimeout {
  /**
   * An idle member looks around at least this often, which is longer than a heartbeat takes to
   * come.
   */
  static final Duration IDLE = Duration.ofSeconds(5);

  /**
   * While anything is on its way, and after a look that saw no heartbeat: {@link MemberHealth} may
   * not take it for silence. What the client waits for between two tries is as long as an idle
   * member may sleep; the end of a poll cuts it short (ADR 0141).
   */
  static final Duration RESTLESS = Duration.ofSeconds(1);

  private PollTimeout() {}

  /** Whether there is nothing to be done for any of them. */
  static boolean isQuiet(Collection<Slot> slots) {
    for (var slot : slots) {
      if (isOnItsWay(slot) || slot.isDirty() || slot.linger.isHolding()) {
        return false;
      }
    }
    return true;
  }

  /**
   * How long that is.
   *
   * @param patience how long it is for a member that has nothing to do
   * @param nextCommit when what was delivered is to be committed
   */
  static Duration of(
      Collection<Slot> slots,
      Duration patience,
      DeliveryPolicy policy,
      Instant nextCommit,
      Instant now) {
    var timeout = patience;
    for (var slot : slots) {
      if (isOnItsWay(slot)) {
        timeout = min(timeout, RESTLESS);
      }
      if (slot.isDirty()) {
        timeout = min(timeout, Duration.between(now, nextCommit));
      }
      timeout = min(timeout, slot.linger.left(policy, now));
    }
    return timeout.isNegative() ? Duration.ZERO : timeout;
  }

  private static boolean isOnItsWay(Slot slot) {
    return !slot.isFlowing() || slot.held || slot.hasMoreToCommit();
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
