package io.kafkafetch.application.driven;

import io.kafkafetch.domain.consumer.GroupId;
import io.kafkafetch.domain.consumer.OffsetReset;

/** Opens readers of topics on behalf of sessions. */
@FunctionalInterface
public interface SessionReaders {
  /** A reader that has joined nothing yet. It runs until it is closed. */
  SessionReader open(Spec spec);

  /**
   * What a reader needs to know.
   *
   * @param name tells it from others in Kafka's logs
   * @param group what it joins and commits for
   * @param offsetReset where it begins where the group has committed nothing
   */
  record Spec(String name, GroupId group, OffsetReset offsetReset) {}
}
