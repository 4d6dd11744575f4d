package io.kafkafetch.application.driven;

import io.kafkafetch.domain.consumer.ConsumerSpec;
import java.time.Instant;

/**
 * A consumer as it was wanted at one revision.
 *
 * @param status the state's label after the change
 * @param change what was done, in a few words: {@code created}, {@code started}, {@code updated
 *     processor_configs}
 * @param at when
 */
public record ConsumerVersion(
    long revision, ConsumerSpec spec, String status, String change, Instant at) {}
