package io.kafkafetch.application.fleet;

import io.kafkafetch.application.contract.Given;
import io.kafkafetch.application.driven.Condition;
import io.kafkafetch.application.driven.FleetServer;
import io.kafkafetch.application.driven.PartitionReport;
import io.kafkafetch.application.driven.RunCounts;
import io.kafkafetch.application.driven.RunReport;
import io.kafkafetch.application.driven.ServerId;
import io.kafkafetch.domain.consumer.Consumer;
import io.kafkafetch.domain.consumer.ConsumerSpec;
import io.kafkafetch.domain.consumer.Failure;
import io.kafkafetch.domain.consumer.Trouble;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Servers, consumers and reports, in one phrase each. */
final class GivenFleet {
  static final Instant NOW = Given.NOON.plusSeconds(3_600);

  private GivenFleet() {}

  static List<FleetServer> servers(String... ids) {
    return Stream.of(ids).map(Given::server).toList();
  }

  static ServerId id(String id) {
    return new ServerId(id);
  }

  static Consumer active(int tasks) {
    return Consumer.create(Given.newId(), tasks(Given.spec("t", "g"), tasks), true, Given.NOON);
  }

  static ConsumerSpec tasks(ConsumerSpec spec, int tasks) {
    return new ConsumerSpec(
        spec.cluster(),
        spec.topic(),
        spec.group(),
        spec.processors(),
        tasks,
        spec.offsetReset(),
        spec.delivery());
  }

  /** In ERROR after so many tries in vain, to be probed at that time. */
  static Consumer probedAt(int attempts, Instant next) {
    var active = active(1);
    return active.halt(
        active.revision(), Failure.probedAt("no broker", Given.NOON, attempts, next));
  }

  static Consumer fatal() {
    var active = active(1);
    return active.halt(active.revision(), Failure.fatal("wrong password", Given.NOON));
  }

  /** A report of now about the consumer's revision. */
  static Report report(Consumer consumer, String server, Condition condition) {
    return new Report(
        new RunReport(
            consumer.id(),
            id(server),
            consumer.revision(),
            condition,
            condition == Condition.RUNNING
                ? Optional.empty()
                : Optional.of(
                    new Trouble(
                        condition + " on " + server, NOW.minusSeconds(30), 3, Optional.empty())),
            false,
            List.of(),
            List.of(),
            new RunCounts(0, 0, 0, 0, 0, 0, 0, 1),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            NOW));
  }

  /** A report that is changed in one respect or another. */
  record Report(RunReport is) {
    Report probe() {
      return with(is.revision(), true, is.partitions(), is.counts(), is.lastProgressAt(), NOW);
    }

    Report at(Instant reportedAt) {
      return with(
          is.revision(), is.probe(), is.partitions(), is.counts(), is.lastProgressAt(), reportedAt);
    }

    Report revision(long revision) {
      return with(
          revision, is.probe(), is.partitions(), is.counts(), is.lastProgressAt(), is.reportedAt());
    }

    Report delivered() {
      return with(
          is.revision(),
          is.probe(),
          is.partitions(),
          is.counts(),
          Optional.of(NOW),
          is.reportedAt());
    }

    Report unassigned() {
      return with(
          is.revision(),
          is.probe(),
          List.of(),
          RunCounts.ZERO,
          is.lastProgressAt(),
          is.reportedAt());
    }

    /** With one partition of that lag. */
    Report lag(OptionalLong lag) {
      var end = lag.isPresent() ? OptionalLong.of(100 + lag.getAsLong()) : lag;
      return with(
          is.revision(),
          is.probe(),
          List.of(new PartitionReport("t", 0, 100, OptionalLong.of(100), end)),
          is.counts(),
          is.lastProgressAt(),
          is.reportedAt());
    }

    private Report with(
        long revision,
        boolean probe,
        List<PartitionReport> partitions,
        RunCounts counts,
        Optional<Instant> progress,
        Instant reportedAt) {
      return new Report(
          new RunReport(
              is.consumer(),
              is.server(),
              revision,
              is.condition(),
              is.trouble(),
              probe,
              partitions,
              is.processors(),
              counts,
              is.lastPollAt(),
              is.lastCommitAt(),
              progress,
              reportedAt));
    }
  }
}
