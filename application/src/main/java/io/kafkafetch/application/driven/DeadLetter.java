package io.kafkafetch.application.driven;

import io.kafkafetch.domain.consumer.ClusterAddress;
import io.kafkafetch.domain.processor.RecordBatch;
import java.time.Instant;

/**
 * A record that a sink will never take, on its way to the dead-letter topic.
 *
 * @param cluster where the topic is
 * @param topic the dead-letter topic
 * @param batch holds the record
 * @param index which record of the batch
 * @param consumerId whose record it is
 * @param group the consumer group
 * @param processorId which processor refused it
 * @param processorType that processor's type
 * @param reason why, in a sentence
 * @param attempt how often this record was given up, from 1; above 1 after a redrive
 * @param at when
 */
public record DeadLetter(
    ClusterAddress cluster,
    String topic,
    RecordBatch batch,
    int index,
    String consumerId,
    String group,
    String processorId,
    String processorType,
    String reason,
    int attempt,
    Instant at) {}
