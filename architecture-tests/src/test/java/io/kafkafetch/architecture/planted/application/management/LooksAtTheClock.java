package io.kafkafetch.architecture.planted.application.management;

import java.time.Instant;

/** Breaks a rule on purpose. */
final class LooksAtTheClock {
  Instant began() {
    return Instant.now();
  }
}
