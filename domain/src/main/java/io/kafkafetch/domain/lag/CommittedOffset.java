package io.kafkafetch.domain.lag;

/**
 * What a group committed for a partition.
 *
 * @param offset the next record that the group will read
 * @param metadata what was committed with it; empty when nothing was
 */
public record CommittedOffset(long offset, String metadata) {}
