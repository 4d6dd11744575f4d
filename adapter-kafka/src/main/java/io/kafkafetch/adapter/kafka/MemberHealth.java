package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.driven.Condition;
import io.kafkafetch.domain.consumer.Trouble;
import io.kafkafetch.domain.processor.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * How a member's own end is: whether the broker answers, whether its topic is there. Belongs to the
 * polling thread.
 */
final class MemberHealth {
  /** A poll does not throw on a dead broker; after so long without an answer the run has failed. */
  static final Duration FAILED_AFTER = Duration.ofSeconds(30);

  /** After so long without an answer it is worth saying so. */
  private static final Duration TROUBLED_AFTER = Duration.ofSeconds(8);

  private final String bootstrap;
  private final Instant launched;

  /** When the coordinator last answered: without it nothing can be committed. */
  private @Nullable Instant lastContact;

  /** When anybody last answered, a partition's leader included. */
  private @Nullable Instant lastHeard;

  private @Nullable Trouble trouble;
  private @Nullable Cause ended;

  /** The last gap; it does not make the member unwell, but must not go unseen. */
  private Optional<Trouble> gaps = Optional.empty();

  MemberHealth(String bootstrap, Instant launched) {
    this.bootstrap = bootstrap;
    this.launched = launched;
  }

  /** The coordinator answered. */
  void contact(Instant now) {
    lastContact = now;
    lastHeard = now;
  }

  /** A partition's leader answered; that says nothing about the coordinator. */
  void fetched(Instant now) {
    lastHeard = now;
  }

  Optional<Instant> lastHeard() {
    return Optional.ofNullable(lastHeard);
  }

  /** Something went wrong that may pass; the first {@code since} is kept until it has passed. */
  void troubled(String reason, Instant now) {
    var before = trouble;
    trouble =
        new Trouble(
            reason,
            before == null ? now : before.since(),
            before == null ? 1 : before.attempts() + 1,
            Optional.empty());
  }

  /** Records were deleted before they were read; said for as long as the member lives. */
  void gap(TopicPartition partition, long from, long to, Instant now) {
    gaps =
        Optional.of(
            new Trouble(
                "Records "
                    + from
                    + " to "
                    + (to - 1)
                    + " of "
                    + partition
                    + " were deleted before they were read",
                now,
                0,
                Optional.empty()));
  }

  /** What went wrong has passed. */
  void recovered() {
    trouble = null;
  }

  /** The member will not go on. */
  void ended(Cause cause, Instant now) {
    ended = cause;
    troubled(cause.reason(), now);
  }

  /** What is not well here, when something is. */
  Optional<Trouble> trouble(Instant now) {
    if (ended == null) {
      var silence = silence(now);
      if (silence.compareTo(TROUBLED_AFTER) >= 0) {
        var said = "No answer from the group's coordinator at " + bootstrap;
        return Optional.of(
            new Trouble(
                trouble == null ? said : said + ": " + trouble.reason(),
                lastContact == null ? launched : lastContact,
                trouble == null ? 0 : trouble.attempts(),
                Optional.empty()));
      }
    }
    return Optional.ofNullable(trouble).or(() -> gaps);
  }

  /** How the member is, all in all, given what its sinks say. */
  Condition condition(Instant now, boolean sinkTroubled) {
    return switch (ended) {
      case null -> going(now, sinkTroubled);
      case Cause.Transient _ -> Condition.FAILED;
      case Cause.Fatal _, Cause.Poison _ -> Condition.HALTED;
    };
  }

  private Condition going(Instant now, boolean sinkTroubled) {
    boolean longTroubled =
        trouble != null && Duration.between(trouble.since(), now).compareTo(FAILED_AFTER) >= 0;
    if (silence(now).compareTo(FAILED_AFTER) >= 0 || longTroubled) {
      return Condition.FAILED;
    }
    if (trouble != null || sinkTroubled || silence(now).compareTo(TROUBLED_AFTER) >= 0) {
      return Condition.DEGRADED;
    }
    return lastContact == null ? Condition.STARTING : Condition.RUNNING;
  }

  private Duration silence(Instant now) {
    return Duration.between(lastContact == null ? launched : lastContact, now);
  }
}
