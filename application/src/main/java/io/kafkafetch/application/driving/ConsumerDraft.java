package io.kafkafetch.application.driving;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a caller asks of a consumer, of the right JSON types but otherwise unchecked. When a
 * consumer is made, what is absent takes its default; when it is changed, it stays as it is.
 *
 * @param bootstrapServers {@code host:port} texts, instead of {@code brokerHost} and {@code
 *     brokerPort}
 */
public record ConsumerDraft(
    Optional<String> brokerHost,
    OptionalLong brokerPort,
    Optional<List<String>> bootstrapServers,
    Optional<Map<String, String>> clientConfig,
    Optional<String> topic,
    Optional<String> group,
    Optional<Boolean> autoStart,
    Optional<List<ProcessorDraft>> processors,
    OptionalLong tasksMax,
    Optional<String> offsetReset,
    Optional<DeliveryDraft> delivery) {}
