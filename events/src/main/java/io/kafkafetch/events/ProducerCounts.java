package io.kafkafetch.events;

/**
 * What became of the events that a producer was given; those on their way are in neither.
 *
 * @param sent acknowledged by all in-sync replicas
 * @param failed not acknowledged, or never sent
 */
public record ProducerCounts(long sent, long failed) {}
