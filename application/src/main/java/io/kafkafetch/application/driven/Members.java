package io.kafkafetch.application.driven;

import io.kafkafetch.application.delivery.MemberDelivery;

/** Runs members of consumer groups. */
public interface Members {
  /**
   * Launches a member that hands what it reads to {@code delivery}, and closes that when it has
   * stopped. Returns at once: whether the broker answers is told by the member's reports.
   */
  Member launch(MemberSpec spec, MemberDelivery delivery);
}
