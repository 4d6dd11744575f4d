package io.kafkafetch.architecture.planted.domain.consumer;

import java.time.Instant;
import java.util.UUID;

/** Breaks a rule on purpose. */
final class ReadsTheClock {
  Instant now() {
    return Instant.now();
  }

  long nanos() {
    return System.nanoTime();
  }

  UUID random() {
    return UUID.randomUUID();
  }
}
