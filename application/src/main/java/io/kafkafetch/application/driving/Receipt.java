package io.kafkafetch.application.driving;

/**
 * All in-sync replicas have a record.
 *
 * @param partition where it is
 * @param offset its place in the partition
 * @param timestampMillis the record's own time, in milliseconds since the epoch
 */
public record Receipt(int partition, long offset, long timestampMillis) {}
