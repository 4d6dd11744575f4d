package io.kafkafetch.application.driving;

import io.kafkafetch.domain.consumer.ConsumerSpec;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** What consumers were before, and having that back. */
public interface ConsumerHistory {
  /**
   * The versions of a consumer, newest first.
   *
   * @param limit how many at most
   * @throws Refusal.NotFound when there is no such consumer
   */
  List<Version> versions(String id, int limit);

  /**
   * A consumer as it was wanted at one revision.
   *
   * @param status its state's label after the change
   * @param change what was done, in a few words: {@code updated processor_configs}
   * @param spec what was wanted; secrets read {@code ***}
   */
  record Version(long revision, String status, String change, Instant at, ConsumerSpec spec) {}

  /**
   * Wants a consumer again as it was wanted at an earlier revision. That is a change like any
   * other: checked by the same rules, with the same consequences for a running consumer, and a
   * revision of its own.
   *
   * @throws Refusal.NotFound when there is no such consumer or it never had that revision
   * @throws Refusal.Invalid when what was right then no longer is
   * @throws Refusal.StaleRevision when {@code expectedRevision} is not the current one
   */
  ConsumerView rollback(String id, long revision, OptionalLong expectedRevision);
}
