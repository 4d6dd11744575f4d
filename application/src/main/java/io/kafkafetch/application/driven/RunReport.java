package io.kafkafetch.application.driven;

import io.kafkafetch.domain.consumer.ConsumerId;
import io.kafkafetch.domain.consumer.Trouble;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one server sees of one consumer that it runs: an observation, never part of the aggregate.
 *
 * @param revision the revision that the run applies
 * @param trouble what is not well, when something is
 * @param probe whether this run probes a consumer in ERROR
 * @param partitions the partitions assigned to this server's members
 * @param reportedAt when the server saw all this
 */
public record RunReport(
    ConsumerId consumer,
    ServerId server,
    long revision,
    Condition condition,
    Optional<Trouble> trouble,
    boolean probe,
    List<PartitionReport> partitions,
    List<ProcessorReport> processors,
    RunCounts counts,
    Throughput throughput,
    Optional<Instant> lastPollAt,
    Optional<Instant> lastCommitAt,
    Optional<Instant> lastProgressAt,
    Instant reportedAt) {
  public RunReport {
    partitions = List.copyOf(partitions);
    processors = List.copyOf(processors);
  }

  /** Whether it has its partitions, and knows that there is nothing to deliver in any of them. */
  public boolean isCaughtUp() {
    return counts.rebalances() > 0
        && partitions.stream()
            .allMatch(partition -> partition.lag().isPresent() && partition.lag().getAsLong() == 0);
  }

  /** A report of a run that has consumed nothing of late. */
  public RunReport(
      ConsumerId consumer,
      ServerId server,
      long revision,
      Condition condition,
      Optional<Trouble> trouble,
      boolean probe,
      List<PartitionReport> partitions,
      List<ProcessorReport> processors,
      RunCounts counts,
      Optional<Instant> lastPollAt,
      Optional<Instant> lastCommitAt,
      Optional<Instant> lastProgressAt,
      Instant reportedAt) {
    this(
        consumer,
        server,
        revision,
        condition,
        trouble,
        probe,
        partitions,
        processors,
        counts,
        Throughput.NONE,
        lastPollAt,
        lastCommitAt,
        lastProgressAt,
        reportedAt);
  }

  /** The same, having counted this. */
  public RunReport counting(
      RunCounts counted, List<ProcessorReport> byProcessor, Throughput oflate) {
    return new RunReport(
        consumer,
        server,
        revision,
        condition,
        trouble,
        probe,
        partitions,
        byProcessor,
        counted,
        oflate,
        lastPollAt,
        lastCommitAt,
        lastProgressAt,
        reportedAt);
  }

  /** Records still to be delivered in the partitions of this report, as far as known. */
  public long lag() {
    return partitions.stream().mapToLong(partition -> partition.lag().orElse(0)).sum();
  }
}
