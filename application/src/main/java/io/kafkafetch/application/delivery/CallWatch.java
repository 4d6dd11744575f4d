package io.kafkafetch.application.delivery;

import io.kafkafetch.domain.consumer.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Knows since when a sink has been busy with a call, so that one that never comes back is told of.
 * Written by the partition's worker, read by any thread.
 */
final class CallWatch {
  /** Longer than a sink that is well takes; the slow ones that wait for somebody say so too. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String processor;
  private final InstantSource clock;
  private volatile @Nullable Call current;

  private record Call(String name, Instant since) {}

  CallWatch(String processor, InstantSource clock) {
    this.processor = processor;
    this.clock = clock;
  }

  <T> T call(String name, Supplier<T> code) {
    current = new Call(name, clock.instant());
    try {
      return code.get();
    } finally {
      current = null;
    }
  }

  /** What to say of a call that takes too long. */
  Optional<Trouble> trouble() {
    var call = current;
    if (call == null) {
      return Optional.empty();
    }
    var taken = Duration.between(call.since(), clock.instant());
    return taken.compareTo(PATIENCE) < 0
        ? Optional.empty()
        : Optional.of(
            new Trouble(
                processor
                    + " has not come back from "
                    + call.name()
                    + " for "
                    + taken.toSeconds()
                    + " s",
                call.since(),
                0,
                Optional.empty()));
  }
}
