package io.kafkafetch.adapter.http;

import io.kafkafetch.application.driving.ConsumerOffsets;
import io.kafkafetch.application.driving.OffsetMove;
import io.kafkafetch.application.driving.OffsetPlan;
import io.kafkafetch.application.driving.Refusal;
import java.time.Duration;
import java.util.Optional;

/** Offsets in a cluster that does not answer. */
final class NoOffsets implements ConsumerOffsets {
  private static Refusal away() {
    return new Refusal.Unavailable("Kafka does not answer.", Duration.ofSeconds(1));
  }

  @Override
  public Positions positions(String id) {
    throw away();
  }

  @Override
  public OffsetPlan plan(String id, OffsetMove move) {
    throw away();
  }

  @Override
  public OffsetPlan move(String id, OffsetMove move, Optional<String> token) {
    throw away();
  }
}
