package io.kafkafetch.application.management;

import io.kafkafetch.application.driven.Consumers;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.domain.consumer.Consumer;
import io.kafkafetch.domain.consumer.ConsumerId;
import java.util.OptionalLong;
import java.util.function.Function;

/** Changes consumers one revision at a time, whoever else does so at the same moment. */
final class Revisions {
  /** Two people at once are rare, and each try sees the other's change. */
  private static final int TRIES = 10;

  private final Consumers consumers;

  Revisions(Consumers consumers) {
    this.consumers = consumers;
  }

  /** What a consumer becomes, and what was done in a few words. */
  record Change(Consumer next, String words) {}

  /** The consumer of an id as callers send it. */
  Consumer find(String id) {
    return ConsumerId.parse(id)
        .flatMap(consumers::find)
        .orElseThrow(() -> new Refusal.NotFound("Consumer " + id + " not found"));
  }

  /** The same, at the revision that the caller expects. */
  Consumer find(String id, OptionalLong expectedRevision) {
    var consumer = find(id);
    if (expectedRevision.isPresent() && expectedRevision.getAsLong() != consumer.revision()) {
      throw new Refusal.StaleRevision(
          "Consumer "
              + consumer.id()
              + " is at revision "
              + consumer.revision()
              + ", not at "
              + expectedRevision.getAsLong());
    }
    return consumer;
  }

  Consumer change(String id, OptionalLong expectedRevision, Function<Consumer, Change> how) {
    for (int i = 0; i < TRIES; i++) {
      var before = find(id, expectedRevision);
      var change = how.apply(before);
      if (change.next().equals(before)
          || consumers.replace(before, change.next(), change.words())) {
        return change.next();
      }
    }
    throw tooBusy(id);
  }

  void remove(String id, OptionalLong expectedRevision) {
    for (int i = 0; i < TRIES; i++) {
      if (consumers.remove(find(id, expectedRevision))) {
        return;
      }
    }
    throw tooBusy(id);
  }

  private static Refusal tooBusy(String id) {
    return new Refusal.Conflict(
        "Consumer " + id + " is being changed by others all the time; try again");
  }
}
