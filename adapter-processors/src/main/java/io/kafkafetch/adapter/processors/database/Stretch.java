package io.kafkafetch.adapter.processors.database;

import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.Outcome;
import io.kafkafetch.domain.processor.RecordBatch;
import java.util.Optional;

/**
 * Which records of a batch are tried next. It narrows around a record that is at fault, so that
 * what comes before it is committed first; no record is sent more than twice for that.
 */
final class Stretch {
  private final RecordBatch batch;
  private int from;
  private int to;

  /** Why the record at {@link #to} is refused, once everything before it is committed. */
  private Optional<String> refusal = Optional.empty();

  /** All records from that index on. */
  Stretch(RecordBatch batch, int from) {
    this.batch = batch;
    this.from = from;
    this.to = batch.size();
  }

  boolean isEmpty() {
    return from >= batch.size();
  }

  RecordBatch records() {
    return from == 0 && to == batch.size() ? batch : batch.slice(from, to);
  }

  /** Goes on after an attempt with {@link #records}; the outcome when it ends there. */
  Optional<Outcome> after(Attempt attempt) {
    return switch (attempt) {
      case Attempt.Committed _ -> committed();
      case Attempt.Overtaken(long nextOffset) -> overtaken(nextOffset);
      case Attempt.RecordRefused(int index, String reason) -> refused(index, reason);
      case Attempt.NotJsonb(int index) -> goOn(index == 0 ? to : from + index);
      case Attempt.Again _ -> Optional.empty();
      case Attempt.SomeRefused(String reason) ->
          Optional.of(Outcome.stopped(from, new Cause.Poison(reason, to - from)));
      case Attempt.Failed(Cause cause) -> Optional.of(Outcome.stopped(from, cause));
    };
  }

  private Optional<Outcome> committed() {
    if (refusal.isPresent()) {
      return Optional.of(Outcome.stopped(to, new Cause.Poison(refusal.get())));
    }
    from = to;
    return goOn(batch.size());
  }

  private Optional<Outcome> overtaken(long nextOffset) {
    from = Math.max(from, batch.indexOf(nextOffset));
    return from < to ? Optional.empty() : goOn(batch.size());
  }

  private Optional<Outcome> refused(int index, String reason) {
    if (index == 0) {
      return Optional.of(Outcome.stopped(from, new Cause.Poison(reason)));
    }
    to = from + index;
    refusal = Optional.of(reason);
    return Optional.empty();
  }

  private Optional<Outcome> goOn(int newEnd) {
    to = newEnd;
    refusal = Optional.empty();
    return Optional.empty();
  }
}
