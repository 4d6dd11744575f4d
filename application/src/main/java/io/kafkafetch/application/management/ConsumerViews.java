package io.kafkafetch.application.management;

import io.kafkafetch.application.delivery.ProcessorTypes;
import io.kafkafetch.application.driven.Condition;
import io.kafkafetch.application.driven.RunReport;
import io.kafkafetch.application.driving.ConsumerView;
import io.kafkafetch.domain.consumer.Consumer;
import io.kafkafetch.domain.consumer.ConsumerState;
import io.kafkafetch.domain.consumer.Trouble;
import io.kafkafetch.domain.processor.ProcessorFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Joins what is wanted with what the servers see, and hides the secrets. */
final class ConsumerViews {
  /** Lag without progress for so long is a stall. */
  private static final Duration STALLED_AFTER = Duration.ofSeconds(60);

  private final ProcessorTypes types;

  ConsumerViews(ProcessorTypes types) {
    this.types = types;
  }

  ConsumerView of(Consumer consumer, List<RunReport> reports, boolean shared, Instant now) {
    var current =
        reports.stream().filter(report -> report.revision() == consumer.revision()).toList();
    boolean active = consumer.state() instanceof ConsumerState.Active;
    return new ConsumerView(
        redacted(consumer),
        active ? trouble(current).or(() -> sharing(consumer, shared)) : Optional.empty(),
        active && isStalled(consumer, current, now),
        latest(reports, RunReport::lastPollAt),
        latest(reports, RunReport::lastProgressAt));
  }

  private Consumer redacted(Consumer consumer) {
    return new Consumer(
        consumer.id(),
        SecretFields.redact(
            consumer.spec(), type -> types.find(type).map(ProcessorFactory::schema)),
        consumer.state(),
        consumer.revision(),
        consumer.createdAt(),
        consumer.updatedAt());
  }

  private static Optional<Trouble> trouble(List<RunReport> reports) {
    return reports.stream()
        .filter(report -> report.condition() != Condition.RUNNING || report.trouble().isPresent())
        .flatMap(report -> report.trouble().stream())
        .min(Comparator.comparing(Trouble::since));
  }

  private static Optional<Trouble> sharing(Consumer consumer, boolean shared) {
    return shared
        ? Optional.of(
            new Trouble(
                "Another consumer reads "
                    + consumer.spec().topic()
                    + " as group "
                    + consumer.spec().group()
                    + " too, so that each of them sees only a part of the records",
                consumer.updatedAt(),
                0,
                Optional.empty()))
        : Optional.empty();
  }

  private static boolean isStalled(Consumer consumer, List<RunReport> reports, Instant now) {
    long lag = reports.stream().mapToLong(RunReport::lag).sum();
    var since = latest(reports, RunReport::lastProgressAt).orElse(consumer.updatedAt());
    return lag > 0 && Duration.between(since, now).compareTo(STALLED_AFTER) > 0;
  }

  private static Optional<Instant> latest(
      List<RunReport> reports, Function<RunReport, Optional<Instant>> which) {
    return reports.stream()
        .flatMap(report -> which.apply(report).stream())
        .max(Comparator.naturalOrder());
  }
}
