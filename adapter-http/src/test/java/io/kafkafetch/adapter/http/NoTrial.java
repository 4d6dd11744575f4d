package io.kafkafetch.adapter.http;

import io.kafkafetch.application.driving.ConsumerDraft;
import io.kafkafetch.application.driving.ConsumerTrial;
import io.kafkafetch.application.driving.Refusal;
import java.time.Duration;
import java.util.OptionalLong;

/** Trials where too many others are under way. */
final class NoTrial implements ConsumerTrial {
  @Override
  public Findings ofNew(ConsumerDraft draft) {
    throw new Refusal.TooMany("Too many dry runs at once", Duration.ofSeconds(2));
  }

  @Override
  public Findings ofChange(String id, ConsumerDraft draft, OptionalLong expectedRevision) {
    throw new Refusal.TooMany("Too many dry runs at once", Duration.ofSeconds(2));
  }
}
