package io.kafkafetch.application.fleet;

import io.kafkafetch.application.driven.Condition;
import io.kafkafetch.application.driven.MemberReport;
import io.kafkafetch.application.driven.PartitionReport;
import io.kafkafetch.application.driven.ProcessorReport;
import io.kafkafetch.application.driven.RunCounts;
import io.kafkafetch.application.driven.RunReport;
import io.kafkafetch.application.driven.ServerId;
import io.kafkafetch.domain.consumer.Consumer;
import io.kafkafetch.domain.consumer.Trouble;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Joins what a consumer's members on one server see into that server's report. */
final class ReportSummary {
  private ReportSummary() {}

  static RunReport of(
      Consumer applied, ServerId server, boolean probe, List<MemberReport> members, Instant now) {
    var partitions = new ArrayList<PartitionReport>();
    var processors = new LinkedHashMap<UUID, ProcessorReport>();
    var counts = RunCounts.ZERO;
    for (var member : members) {
      partitions.addAll(member.partitions());
      member.processors().forEach(p -> processors.merge(p.id(), p, ProcessorReport::plus));
      counts = counts.plus(member.counts());
    }
    partitions.sort(
        Comparator.comparing(PartitionReport::topic).thenComparingInt(PartitionReport::partition));
    return new RunReport(
        applied.id(),
        server,
        applied.revision(),
        condition(members),
        members.stream()
            .flatMap(member -> member.trouble().stream())
            .min(Comparator.comparing(Trouble::since)),
        probe,
        partitions,
        List.copyOf(processors.values()),
        counts,
        latest(members, MemberReport::lastPollAt),
        latest(members, MemberReport::lastCommitAt),
        latest(members, MemberReport::lastProgressAt),
        now);
  }

  /** One that needs a person halts all; one that failed only degrades those that get on. */
  private static Condition condition(List<MemberReport> members) {
    var conditions = members.stream().map(MemberReport::condition).distinct().toList();
    if (conditions.size() == 1) {
      return conditions.getFirst();
    }
    return conditions.contains(Condition.HALTED) ? Condition.HALTED : Condition.DEGRADED;
  }

  private static Optional<Instant> latest(
      List<MemberReport> members, Function<MemberReport, Optional<Instant>> which) {
    return members.stream()
        .flatMap(member -> which.apply(member).stream())
        .max(Comparator.naturalOrder());
  }
}
