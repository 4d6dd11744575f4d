package io.kafkafetch.application.memory;

import io.kafkafetch.application.driven.ConsumerQuery.Place;
import io.kafkafetch.application.driven.ProcessorReport;
import io.kafkafetch.application.driven.RunReport;
import io.kafkafetch.domain.consumer.Consumer;
import io.kafkafetch.domain.consumer.ConsumerSpec;
import io.kafkafetch.domain.consumer.ConsumerState;
import io.kafkafetch.domain.consumer.ConsumerState.Active;
import io.kafkafetch.domain.consumer.ConsumerState.InError;
import io.kafkafetch.domain.consumer.ConsumerState.Inactive;
import io.kafkafetch.domain.consumer.Failure;
import io.kafkafetch.domain.consumer.ProcessorSpec;
import io.kafkafetch.domain.consumer.Trouble;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Everything as a store of microseconds gives it back, so that nobody who was tested in memory
 * meets other instants in a database.
 */
final class Microseconds {
  private Microseconds() {}

  static Instant of(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MICROS);
  }

  static Place of(Place place) {
    return new Place(of(place.createdAt()), place.id());
  }

  static Consumer of(Consumer consumer) {
    return new Consumer(
        consumer.id(),
        of(consumer.spec()),
        of(consumer.state()),
        consumer.revision(),
        of(consumer.createdAt()),
        of(consumer.updatedAt()));
  }

  static RunReport of(RunReport report) {
    return new RunReport(
        report.consumer(),
        report.server(),
        report.revision(),
        report.condition(),
        report.trouble().map(Microseconds::of),
        report.probe(),
        report.partitions(),
        report.processors().stream().map(Microseconds::of).toList(),
        report.counts(),
        report.throughput(),
        of(report.lastPollAt()),
        of(report.lastCommitAt()),
        of(report.lastProgressAt()),
        of(report.reportedAt()));
  }

  private static Optional<Instant> of(Optional<Instant> instant) {
    return instant.map(Microseconds::of);
  }

  private static ConsumerState of(ConsumerState state) {
    return switch (state) {
      case Active _, Inactive _ -> state;
      case InError error ->
          new InError(
              new Failure(
                  error.failure().reason(),
                  of(error.failure().since()),
                  error.failure().attempts(),
                  of(error.failure().nextRetryAt())));
    };
  }

  private static ConsumerSpec of(ConsumerSpec spec) {
    return new ConsumerSpec(
        spec.cluster(),
        spec.topic(),
        spec.group(),
        spec.processors().stream().map(Microseconds::of).toList(),
        spec.tasksMax(),
        spec.offsetReset(),
        spec.delivery());
  }

  private static ProcessorSpec of(ProcessorSpec spec) {
    return new ProcessorSpec(
        spec.id(), spec.type(), spec.config(), of(spec.createdAt()), of(spec.updatedAt()));
  }

  private static Trouble of(Trouble trouble) {
    return new Trouble(
        trouble.reason(), of(trouble.since()), trouble.attempts(), of(trouble.nextRetryAt()));
  }

  private static ProcessorReport of(ProcessorReport report) {
    return new ProcessorReport(
        report.id(),
        report.type(),
        report.trouble().map(Microseconds::of),
        report.delivered(),
        report.failed(),
        report.retried(),
        report.deadLettered(),
        report.batches(),
        report.busyMillis());
  }
}
