package io.kafkafetch.application.driving;

import java.util.List;
import java.util.Optional;

/**
 * A part of a consumer's dead letters, in the order of the dead-letter topic.
 *
 * @param topic the dead-letter topic, which need not be there yet
 * @param unreadable letters of the consumer in this part whose headers cannot be understood
 * @param nextCursor where the next page begins; empty when the end was reached
 */
public record DeadLetterPage(
    String topic, List<StoredLetter> letters, long unreadable, Optional<String> nextCursor) {
  public DeadLetterPage {
    letters = List.copyOf(letters);
  }
}
