package io.kafkafetch.domain.consumer;

import java.time.Instant;
import java.util.Optional;

/**
 * What is not well about a run that has not been given up.
 *
 * @param reason a sentence for an operator, free of secrets
 * @param since when it began
 * @param attempts how often it was tried in vain; zero where nothing is being retried
 * @param nextRetryAt when it is tried again, where that is known
 */
public record Trouble(String reason, Instant since, int attempts, Optional<Instant> nextRetryAt) {}
