package io.kafkafetch.application.driven;

import io.kafkafetch.domain.processor.Cause;
import java.util.Optional;

/** Dead-letter topics. */
public interface DeadLetters {
  /**
   * Appends a record and waits, for a bounded time, until all in-sync replicas have it. Empty when
   * they do; else why not, and then the record must not be passed over.
   */
  Optional<Cause> append(DeadLetter letter);
}
