package io.kafkafetch.application.fleet;

import io.kafkafetch.application.driven.Condition;
import io.kafkafetch.application.driven.RunReport;
import io.kafkafetch.application.driven.ServerId;
import io.kafkafetch.domain.consumer.Consumer;
import io.kafkafetch.domain.consumer.ConsumerState;
import io.kafkafetch.domain.consumer.Failure;
import io.kafkafetch.domain.consumer.RetryPolicy;
import io.kafkafetch.domain.consumer.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What the run reports say about a consumer's state. Pure; any server may reach it, again each
 * round, and writes it by compare-and-set.
 */
final class Verdict {
  /** Probes of a consumer in ERROR: soon at first, then ever more rarely. */
  static final RetryPolicy PROBES =
      new RetryPolicy(Duration.ofSeconds(2), Duration.ofMinutes(1), 0.2, OptionalInt.empty());

  /** A report older than this says nothing about now. */
  static final Duration FRESH = Duration.ofSeconds(45);

  /** A probe that has not got on for so long has failed. */
  static final Duration PROBE_WINDOW = Duration.ofSeconds(40);

  private Verdict() {}

  /**
   * The consumer as the reports say it should be; the same object when nothing is to be changed.
   *
   * @param reports of all servers
   * @param responsible the servers that should run it
   * @param chance a number from 0 (inclusive) to 1 (exclusive)
   */
  static Consumer on(
      Consumer consumer,
      List<RunReport> reports,
      Set<ServerId> responsible,
      Instant now,
      double chance) {
    var current =
        reports.stream()
            .filter(report -> report.revision() == consumer.revision())
            .filter(report -> responsible.contains(report.server()))
            .filter(report -> report.reportedAt().isAfter(now.minus(FRESH)))
            .toList();
    return switch (consumer.state()) {
      case ConsumerState.Inactive _ -> consumer;
      case ConsumerState.Active _ -> onActive(consumer, current, responsible, now, chance);
      case ConsumerState.InError error ->
          error
              .failure()
              .nextRetryAt()
              .map(due -> onProbed(consumer, current, due, now, chance))
              .orElse(consumer);
    };
  }

  private static Consumer onActive(
      Consumer consumer,
      List<RunReport> reports,
      Set<ServerId> responsible,
      Instant now,
      double chance) {
    for (var report : reports) {
      if (report.condition() == Condition.HALTED) {
        return consumer.halt(
            consumer.revision(), Failure.fatal(reason(report), since(report, now)));
      }
    }
    boolean allFailed =
        !responsible.isEmpty()
            && reports.size() == responsible.size()
            && reports.stream().allMatch(report -> report.condition() == Condition.FAILED);
    if (!allFailed) {
      return consumer;
    }
    var first = reports.getFirst();
    var next = now.plus(PROBES.backoff(1, chance));
    return consumer.halt(
        consumer.revision(), Failure.probedAt(reason(first), since(first, now), 1, next));
  }

  private static Consumer onProbed(
      Consumer consumer, List<RunReport> reports, Instant due, Instant now, double chance) {
    for (var report : reports) {
      if (!report.probe()) {
        continue;
      }
      switch (report.condition()) {
        case HALTED -> {
          return consumer.probeFailed(
              consumer.revision(), Failure.fatal(reason(report), since(report, now)));
        }
        case FAILED -> {
          if (report.reportedAt().isBefore(due)) {
            // Of a probe that was counted already.
            continue;
          }
          int attempts = consumer.attempts() + 1;
          return consumer.probeFailed(
              consumer.revision(),
              Failure.probedAt(
                  reason(report),
                  since(report, now),
                  attempts,
                  now.plus(PROBES.backoff(attempts, chance))));
        }
        case RUNNING -> {
          // It polls; where there is something to deliver, it has delivered.
          if (report.isCaughtUp() || report.lastProgressAt().isPresent()) {
            return consumer.retryHeld(consumer.revision());
          }
        }
        case STARTING, DEGRADED -> {}
      }
    }
    return consumer;
  }

  private static String reason(RunReport report) {
    return report.trouble().map(Trouble::reason).orElse("The run does not get on");
  }

  private static Instant since(RunReport report, Instant now) {
    return report.trouble().map(Trouble::since).orElse(now);
  }
}
