package io.kafkafetch.application.driving;

import io.kafkafetch.domain.consumer.Consumer;
import io.kafkafetch.domain.consumer.Trouble;
import java.time.Instant;
import java.util.Optional;

/**
 * A consumer as it may be shown: what is wanted, joined with what the servers see. Secrets read
 * {@code ***}.
 *
 * @param consumer the consumer with its secrets redacted
 * @param trouble what is not well about an ACTIVE consumer; empty when all is well or not ACTIVE
 * @param stalled whether there is lag and there was no progress for 60 s
 * @param lastPollAt when a member last heard from the broker
 * @param lastProgressAt when a record was last delivered
 */
public record ConsumerView(
    Consumer consumer,
    Optional<Trouble> trouble,
    boolean stalled,
    Optional<Instant> lastPollAt,
    Optional<Instant> lastProgressAt) {}
