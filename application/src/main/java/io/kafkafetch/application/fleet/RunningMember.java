package io.kafkafetch.application.fleet;

import io.kafkafetch.application.driven.Condition;
import io.kafkafetch.application.driven.Member;
import io.kafkafetch.application.driven.MemberReport;
import io.kafkafetch.domain.consumer.Consumer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A member that this server runs. Belongs to the reconciler's thread. */
final class RunningMember {
  /** How long one that has stopped by itself rests, while other members get on. */
  static final Duration REST = Duration.ofMinutes(1);

  private final MemberKey key;
  private final Member member;
  private final Instant launchedAt;
  private Consumer consumer;
  private boolean probe;

  /** When it was first seen to have stopped without being asked to. */
  private @Nullable Instant endedAt;

  RunningMember(
      MemberKey key, Consumer consumer, Member member, boolean probe, Instant launchedAt) {
    this.key = key;
    this.consumer = consumer;
    this.member = member;
    this.probe = probe;
    this.launchedAt = launchedAt;
  }

  MemberKey key() {
    return key;
  }

  Member member() {
    return member;
  }

  Consumer consumer() {
    return consumer;
  }

  boolean isProbe() {
    return probe;
  }

  void applied(Consumer changed) {
    consumer = changed;
  }

  /** Its consumer is ACTIVE again. */
  void held() {
    probe = false;
  }

  /** How it is; a probe that does not get on within its window has failed. */
  MemberReport report(Instant now) {
    var report = member.report();
    boolean outOfTime =
        probe
            && report.condition() != Condition.RUNNING
            && report.condition() != Condition.HALTED
            && Duration.between(launchedAt, now).compareTo(Verdict.PROBE_WINDOW) > 0;
    return outOfTime
        ? new MemberReport(
            Condition.FAILED,
            report.trouble(),
            report.partitions(),
            report.processors(),
            report.counts(),
            report.lastPollAt(),
            report.lastCommitAt(),
            report.lastProgressAt())
        : report;
  }

  Plan.Running planned(Instant now) {
    var condition = report(now).condition();
    boolean over =
        switch (condition) {
          case HALTED, FAILED -> true;
          case STARTING, RUNNING, DEGRADED -> false;
        };
    return new Plan.Running(key, consumer, probe, over, isSpent(now));
  }

  private boolean isSpent(Instant now) {
    if (endedAt == null && isGone()) {
      endedAt = now;
    }
    return endedAt != null && !now.isBefore(endedAt.plus(REST));
  }

  private boolean isGone() {
    try {
      return member.awaitRetired(Duration.ZERO);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
