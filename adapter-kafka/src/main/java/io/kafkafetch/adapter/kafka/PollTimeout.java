package io.kafkafetch.adapter.kafka;

import io.kafkafetch.domain.consumer.DeliveryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

/** For how long a member's poll may wait when nothing comes. */
final class PollTimeout {
  /** An idle member looks around this often, which is longer than a heartbeat takes to come. */
  static final Duration IDLE = Duration.ofSeconds(5);

  /**
   * While anything is on its way, and after a look that saw no heartbeat: {@link MemberHealth} may
   * not take it for silence. What the client waits for between two tries is as long as an idle
   * member may sleep; the end of a poll cuts it short (ADR 0141).
   */
  static final Duration RESTLESS = Duration.ofSeconds(1);

  private PollTimeout() {}

  /**
   * How long that is.
   *
   * @param heard whether the coordinator has answered between the last two looks
   * @param nextCommit when what was delivered is to be committed
   */
  static Duration of(
      Collection<Slot> slots,
      boolean heard,
      DeliveryPolicy policy,
      Instant nextCommit,
      Instant now) {
    var timeout = heard ? IDLE : RESTLESS;
    for (var slot : slots) {
      if (!slot.isFlowing() || slot.held || slot.hasMoreToCommit()) {
        timeout = min(timeout, RESTLESS);
      }
      if (slot.isDirty()) {
        timeout = min(timeout, Duration.between(now, nextCommit));
      }
      timeout = min(timeout, slot.linger.left(policy, now));
    }
    return timeout.isNegative() ? Duration.ZERO : timeout;
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
