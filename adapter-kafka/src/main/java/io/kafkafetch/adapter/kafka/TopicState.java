package io.kafkafetch.adapter.kafka;

/**
 * A topic as the cluster describes it.
 *
 * @param id the id of this incarnation (KIP-516)
 * @param partitions how many it has
 */
record TopicState(String name, String id, int partitions) {}
