package io.kafkafetch.application.fleet;

import io.kafkafetch.application.driven.MemberReport;
import io.kafkafetch.application.driven.ProcessorReport;
import io.kafkafetch.application.driven.RunCounts;
import io.kafkafetch.application.driven.Throughput;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What one consumer's members on this server have counted as long as the process lives: counters
 * that went back whenever a member is launched anew would be of no use.
 */
final class Tally {
  /** What "of late" means. */
  private static final Duration WINDOW = Duration.ofMinutes(1);

  /** A look every two seconds fills the window with half of that. */
  private static final int MAX_SAMPLES = 64;

  private final ArrayDeque<Sample> samples = new ArrayDeque<>();
  private final Map<UUID, ProcessorReport> processorsOfThePast = new LinkedHashMap<>();
  private RunCounts past = RunCounts.ZERO;
  private RunCounts last = RunCounts.ZERO;

  private record Sample(Instant at, long records, long bytes) {}

  /** A member has gone for good. */
  void gone(MemberReport report) {
    past = past.plus(report.counts());
    if (last.recordsConsumed() < past.recordsConsumed()) {
      last = past;
    }
    for (var processor : report.processors()) {
      processorsOfThePast.merge(processor.id(), withoutTrouble(processor), ProcessorReport::plus);
    }
  }

  private static ProcessorReport withoutTrouble(ProcessorReport report) {
    return new ProcessorReport(
        report.id(),
        report.type(),
        Optional.empty(),
        report.delivered(),
        report.failed(),
        report.retried(),
        report.deadLettered(),
        report.batches(),
        report.busyMillis());
  }

  /** What those that are still there have counted, together with what those before them have. */
  RunCounts counts(Collection<MemberReport> present) {
    last = present.stream().map(MemberReport::counts).reduce(past, RunCounts::plus);
    return last;
  }

  /** What was counted when it was last asked. */
  RunCounts last() {
    return last;
  }

  /** The same for processors; those that the consumer no longer has are left out. */
  List<ProcessorReport> processors(
      List<ProcessorReport> present, Collection<MemberReport> leaving) {
    processorsOfThePast.keySet().retainAll(present.stream().map(ProcessorReport::id).toList());
    var all = new ArrayList<ProcessorReport>();
    for (var processor : present) {
      var before = processorsOfThePast.get(processor.id());
      var total = before == null ? processor : processor.plus(before);
      for (var member : leaving) {
        for (var other : member.processors()) {
          total = other.id().equals(total.id()) ? total.plus(withoutTrouble(other)) : total;
        }
      }
      all.add(total);
    }
    return all;
  }

  /** Looks at a count, and tells how fast it has grown of late. */
  Throughput look(RunCounts counts, Instant now) {
    samples.addLast(new Sample(now, counts.recordsConsumed(), counts.bytesConsumed()));
    while (samples.size() > MAX_SAMPLES
        || (samples.size() > 2
            && Duration.between(samples.getFirst().at(), now).compareTo(WINDOW) > 0)) {
      samples.removeFirst();
    }
    var first = samples.getFirst();
    double seconds = (double) Duration.between(first.at(), now).toMillis() / 1_000;
    return seconds <= 0
        ? Throughput.NONE
        : new Throughput(
            (counts.recordsConsumed() - first.records()) / seconds,
            (counts.bytesConsumed() - first.bytes()) / seconds);
  }
}
