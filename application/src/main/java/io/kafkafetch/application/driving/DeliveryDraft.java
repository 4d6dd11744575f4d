package io.kafkafetch.application.driving;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a caller wants records delivered; what is absent stays as it is, or as the default says.
 * Times are in milliseconds. Nothing is validated yet.
 *
 * @param retryAttempts a present but empty value asks for endless attempts
 * @param deadLetterTopic a present but empty value asks for the default topic
 */
public record DeliveryDraft(
    OptionalLong maxBatchRecords,
    OptionalLong maxBatchBytes,
    OptionalLong lingerMs,
    OptionalLong commitIntervalMs,
    OptionalLong retryInitialMs,
    OptionalLong retryMaxMs,
    Optional<Double> retryJitter,
    Optional<OptionalLong> retryAttempts,
    Optional<Boolean> deadLetterEnabled,
    Optional<Optional<String>> deadLetterTopic) {
  /** A draft that asks for nothing. */
  public static DeliveryDraft empty() {
    return new DeliveryDraft(
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
