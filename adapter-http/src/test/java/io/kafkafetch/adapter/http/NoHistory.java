package io.kafkafetch.adapter.http;

import io.kafkafetch.application.driving.ConsumerHistory;
import io.kafkafetch.application.driving.ConsumerView;
import io.kafkafetch.application.driving.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** A history that cannot be looked at because the database is away. */
final class NoHistory implements ConsumerHistory {
  @Override
  public List<Version> versions(String id, int limit) {
    throw new Refusal.Unavailable("The database does not answer.", Duration.ofSeconds(1));
  }

  @Override
  public ConsumerView rollback(String id, long revision, OptionalLong expectedRevision) {
    throw new Refusal.Unavailable("The database does not answer.", Duration.ofSeconds(1));
  }
}
