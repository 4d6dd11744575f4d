package io.kafkafetch.application.memory;

import io.kafkafetch.application.driven.DeadLetter;
import io.kafkafetch.application.driven.DeadLetters;
import io.kafkafetch.domain.processor.Cause;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Dead-letter topics in memory: made when their first letter comes, with one partition. */
final class MemoryDeadLetters implements DeadLetters {
  private final MemoryTopics topics;
  private final BooleanSupplier closed;

  MemoryDeadLetters(MemoryTopics topics, BooleanSupplier closed) {
    this.topics = topics;
    this.closed = closed;
  }

  @Override
  public Optional<Cause> append(DeadLetter letter) {
    if (closed.getAsBoolean()) {
      return Optional.of(new Cause.Transient("The broker is closed"));
    }
    var batch = letter.batch();
    int index = letter.index();
    topics
        .findOrCreate(letter.topic())
        .log(0)
        .append(
            new MemoryRecord(
                batch.timestamp(index), batch.key(index), batch.value(index), letter.headers()));
    return Optional.empty();
  }
}
