package io.kafkafetch.domain.processor;

import java.time.Duration;
import java.util.Optional;

/** Why a sink did not take a record. The three kinds differ in what happens next. */
public sealed interface Cause {
  /** A sentence for an operator; never contains a secret or a record's content. */
  String reason();

  /**
   * It may work later: the same records are tried again with backoff. A full disk, a refused
   * connection, a 503.
   *
   * @param retryAfter how long the sink asked to be left alone, where it said so
   */
  record Transient(String reason, Optional<Duration> retryAfter) implements Cause {
    /** A transient cause that names no time. */
    public Transient(String reason) {
      this(reason, Optional.empty());
    }
  }

  /**
   * This record will never be taken, others will: it alone goes to the dead-letter topic.
   *
   * @param suspects how many records, from the one where the sink stopped, may be the bad one; the
   *     engine narrows more than one down by delivering smaller batches. At least 1.
   */
  record Poison(String reason, int suspects) implements Cause {
    public Poison {
      if (suspects < 1) {
        throw new IllegalArgumentException("At least one record is suspect, not " + suspects);
      }
    }

    /** Exactly the record where the sink stopped is bad. */
    public Poison(String reason) {
      this(reason, 1);
    }
  }

  /** Nothing will be taken until a person does something: a refused password, a 401. */
  record Fatal(String reason) implements Cause {}
}
