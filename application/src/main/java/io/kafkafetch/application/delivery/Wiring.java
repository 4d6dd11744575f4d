package io.kafkafetch.application.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * The processors that a member should have, since when. Immutable but for the processors' own
 * counting; a swap makes a new one.
 */
final class Wiring {
  /** How long processors that go may finish what they have begun. */
  static final Duration DRAIN = Duration.ofSeconds(10);

  private final List<OpenProcessor> processors;
  private final Instant drainUntil;
  private final InstantSource clock;

  Wiring(List<OpenProcessor> processors, InstantSource clock) {
    this.processors = List.copyOf(processors);
    this.clock = clock;
    drainUntil = clock.instant().plus(DRAIN);
  }

  List<OpenProcessor> processors() {
    return processors;
  }

  boolean keeps(OpenProcessor processor) {
    return processors.contains(processor);
  }

  boolean isDrainOver() {
    return !clock.instant().isBefore(drainUntil);
  }

  Duration untilDrained() {
    return Duration.between(clock.instant(), drainUntil);
  }

  /** A wiring with the channels of one partition that belong to it. */
  record Connected(Wiring wiring, List<ProcessorChannel> channels) {}
}
