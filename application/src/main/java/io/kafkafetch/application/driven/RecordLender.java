package io.kafkafetch.application.driven;

import io.kafkafetch.application.driving.GroupRead;
import io.kafkafetch.application.driving.Loan;
import java.util.function.Predicate;

/** Members of groups that lend their partitions to one call at a time. Safe for any thread. */
public interface RecordLender {
  /**
   * Lends records; see {@link io.kafkafetch.application.driving.Consuming#read}.
   *
   * @throws io.kafkafetch.application.driving.Refusal as said there
   */
  Loan lend(GroupRead request);

  /**
   * Lets the members of all other groups go, so that their partitions are free for the server that
   * reads for them now. What is being answered is finished first; what is lent to tokens is read
   * again by others. Comes back at once. Who keeps no members has none to let go.
   */
  default void keepOnly(Predicate<String> groups) {}
}
