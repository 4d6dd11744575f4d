package io.kafkafetch.events;

/**
 * What became of the records that a consumer has read; their sum is what it has read.
 *
 * @param consumed events that a callback has handled or a poll has handed out
 * @param invalid records that were no valid event, skipped
 * @param failed events whose callback threw, skipped
 */
public record ConsumerCounts(long consumed, long invalid, long failed) {}
