package io.kafkafetch.application.driving;

import io.kafkafetch.domain.processor.Violation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a caller asks of a new session, of the right JSON types but otherwise unchecked.
 *
 * @param sessionTimeoutMs the time without any call after which the session ends
 * @param autoCommit whether what a token acknowledges is committed
 * @param misread what could not be read, each with what is accepted: nothing is done, and it is
 *     said together with what is wrong with the rest
 */
public record SubscribeDraft(
    Optional<String> group,
    Optional<List<String>> topics,
    Optional<String> offsetReset,
    OptionalLong sessionTimeoutMs,
    Optional<String> format,
    Optional<Boolean> autoCommit,
    List<Violation> misread) {
  public SubscribeDraft {
    misread = List.copyOf(misread);
  }
}
