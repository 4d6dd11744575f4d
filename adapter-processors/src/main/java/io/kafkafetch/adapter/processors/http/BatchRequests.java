package io.kafkafetch.adapter.processors.http;

import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.RecordBatch;
import java.util.List;
import java.util.Optional;

/** The requests that the units of one batch become, each made when it is sent. */
record BatchRequests(RecordBatch batch, List<Unit> units, RequestComposer composer, Origin origin) {
  /** Why that unit cannot be sent at all. */
  Optional<Cause> refusal(int unit) {
    return units.get(unit).violation().map(Cause.Poison::new);
  }

  /** The request of that unit. */
  OutgoingRequest request(int unit) {
    return composer.compose(batch, units.get(unit).from(), units.get(unit).to());
  }

  /** How many records that unit has. */
  int records(int unit) {
    return units.get(unit).records();
  }
}
