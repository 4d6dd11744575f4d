package io.kafkafetch.application.driving;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a caller asks of a new session, of the right JSON types but otherwise unchecked.
 *
 * @param sessionTimeoutMs the time without any call after which the session ends
 * @param autoCommit whether what a token acknowledges is committed
 */
public record SubscribeDraft(
    Optional<String> group,
    Optional<List<String>> topics,
    Optional<String> offsetReset,
    OptionalLong sessionTimeoutMs,
    Optional<String> format,
    Optional<Boolean> autoCommit) {}
