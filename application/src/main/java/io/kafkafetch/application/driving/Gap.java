package io.kafkafetch.application.driving;

/**
 * Records that were deleted before they were read.
 *
 * @param from the offset of the first of them
 * @param to the offset where reading goes on
 */
public record Gap(PartitionId partition, long from, long to) {}
