package io.kafkafetch.application.driving;

/**
 * What a purge deleted, or would delete.
 *
 * @param topic the dead-letter topic
 * @param letters letters of the consumer
 * @param notRedriven those of them that no redrive has dealt with
 * @param others other records: letters of other consumers, and what somebody else wrote there
 * @param dryRun whether nothing was deleted
 */
public record Purge(String topic, long letters, long notRedriven, long others, boolean dryRun) {}
