package io.kafkafetch.events;

import io.kafkafetch.domain.processor.Violation;
import java.util.List;
import java.util.stream.Collectors;

/** The bytes of a record do not say a valid event; the message names each field and its fault. */
public final class InvalidRecordException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A refusal for a fault of the record as a whole. */
  public InvalidRecordException(String message) {
    super(message);
  }

  /** A refusal for a fault of the record as a whole, and what told it. */
  public InvalidRecordException(String message, Throwable cause) {
    super(message, cause);
  }

  InvalidRecordException(List<Violation> violations) {
    super(
        violations.stream()
            .map(violation -> violation.field() + " " + violation.message())
            .collect(Collectors.joining("; ")));
  }
}
