package io.kafkafetch.application.driven;

import io.kafkafetch.application.driving.GroupRead;
import io.kafkafetch.application.driving.Loan;

/** Members of groups that lend their partitions to one call at a time. Safe for any thread. */
public interface RecordLender {
  /**
   * Lends records; see {@link io.kafkafetch.application.driving.Consuming#read}.
   *
   * @throws io.kafkafetch.application.driving.Refusal as said there
   */
  Loan lend(GroupRead request);
}
