package io.kafkafetch.application.driven;

import io.kafkafetch.domain.consumer.Trouble;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a member sees of itself.
 *
 * @param lastPollAt when it last heard from the group's coordinator or a partition's leader
 * @param lastProgressAt when a record was last delivered
 */
public record MemberReport(
    Condition condition,
    Optional<Trouble> trouble,
    List<PartitionReport> partitions,
    List<ProcessorReport> processors,
    RunCounts counts,
    Optional<Instant> lastPollAt,
    Optional<Instant> lastCommitAt,
    Optional<Instant> lastProgressAt) {
  public MemberReport {
    partitions = List.copyOf(partitions);
    processors = List.copyOf(processors);
  }
}
