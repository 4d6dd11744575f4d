package io.kafkafetch.application.delivery;

import io.kafkafetch.domain.processor.Cause;
import java.time.Instant;

/** How far one processor got with the batch at hand. */
sealed interface Advance {
  Advance DONE = new Done();

  /** It has, or was rightly spared, every record. */
  record Done() implements Advance {}

  /** It is to be tried again, not before that time. */
  record Waiting(Instant until) implements Advance {}

  /** It will not get on: a fatal cause, or no tries left. */
  record Halted(Cause cause) implements Advance {}
}
