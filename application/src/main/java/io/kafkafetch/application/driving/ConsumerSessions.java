package io.kafkafetch.application.driving;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Consumers that live between requests: each is a member of its group, or reads partitions by hand,
 * on behalf of a client that cannot speak Kafka (the HTTP Consumer API).
 *
 * <p>Every method may wait, for a bounded time, and costs no platform thread when it is called from
 * a virtual one. All throw {@link Refusal.NotFound} when there is no such session, {@link
 * Refusal.Unavailable} when Kafka cannot be reached and {@link Refusal.Forbidden} when it says no.
 */
public interface ConsumerSessions {
  /**
   * Opens a session. Comes back when the group has assigned partitions and every position is fixed.
   *
   * @throws Refusal.Invalid naming every wrong field
   * @throws Refusal.TooMany when there are as many sessions as there may be
   */
  SessionView subscribe(SubscribeDraft draft);

  /**
   * Leaves the group and reads these partitions from now on.
   *
   * @throws Refusal.Invalid when a partition does not exist
   */
  SessionView assign(String id, Map<String, List<Long>> topics);

  /** How the session's client wants its records; also the way to ask whether it is there. */
  RecordFormat format(String id);

  /**
   * Waits for records and answers as soon as there are any.
   *
   * @throws Refusal.Conflict when another poll waits, or the token is not the right one
   */
  SessionAnswer consume(String id, ConsumeDraft draft);

  /**
   * Reads on until it is closed.
   *
   * @param resumeAt where to go on in these partitions, as far as they are still assigned
   */
  SessionTail tail(String id, ConsumeDraft limits, Map<PartitionId, Long> resumeAt);

  /**
   * Commits these offsets, each being the next to be read; without any, what was answered last.
   *
   * @return what is committed now
   * @throws Refusal.Invalid when a partition is not assigned
   * @throws Refusal.Conflict when the group no longer takes commits from this session
   */
  Map<PartitionId, Long> commit(String id, Optional<Map<PartitionId, Long>> offsets);

  /**
   * Goes elsewhere in a partition.
   *
   * @return what the next poll may carry, so that it can be repeated
   * @throws Refusal.Invalid when the partition is not assigned or has no such offset
   */
  String seek(String id, PartitionId partition, SeekTarget target);

  /** Where the session is. */
  SessionPositions position(String id);

  /** Leaves the group and frees everything. */
  void close(String id);

  /** How many there are and were. */
  SessionCounts counts();

  /** The server stops: polls that wait end now, and nobody waits any more. */
  void endWaiting();
}
