package io.kafkafetch.adapter.processors.database;

import io.kafkafetch.adapter.processors.database.RowWriter.Passage;
import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.Outcome;
import io.kafkafetch.domain.processor.PartitionSink;
import io.kafkafetch.domain.processor.Progress;
import io.kafkafetch.domain.processor.RecordBatch;
import java.util.Optional;

/**
 * One partition's way into the database. Every batch is one durable transaction; where a record is
 * refused, what comes before it is committed first, so that exactly this record is spoken of.
 */
final class DatabaseSink implements PartitionSink {
  private final Optional<Progress> remembered;
  private final Transactions transactions;

  /** Everything below is in the table; learnt from commits, and from others' commits. */
  private long floor;

  /** Dealt with elsewhere, but not yet said so in the database; 0 for nothing. */
  private long skipped;

  DatabaseSink(Optional<Progress> remembered, Transactions transactions) {
    this.remembered = remembered;
    this.transactions = transactions;
  }

  @Override
  public Optional<Progress> remembered() {
    return remembered;
  }

  @Override
  public void begin(Progress start) {
    transactions.begin(start);
    floor = 0;
    skipped = 0;
  }

  @Override
  public Outcome deliver(RecordBatch batch) {
    return write(batch, batch.indexOf(floor), Passage.IN_ORDER);
  }

  @Override
  public Outcome redeliver(RecordBatch batch) {
    return write(batch, 0, Passage.REDELIVERY);
  }

  private Outcome write(RecordBatch batch, int start, Passage passage) {
    int from = start;
    int to = batch.size();
    // Known to be bad, once everything before it is committed.
    Optional<String> refusal = Optional.empty();
    transactions.newBatch();
    while (from < batch.size()) {
      var part = from == 0 && to == batch.size() ? batch : batch.slice(from, to);
      switch (transactions.attempt(part, passage)) {
        case Attempt.Committed _ -> {
          if (passage == Passage.IN_ORDER) {
            floor = part.nextOffset();
          }
          if (refusal.isPresent()) {
            return Outcome.stopped(to, new Cause.Poison(refusal.get()));
          }
          from = to;
          to = batch.size();
        }
        case Attempt.Overtaken(long nextOffset) -> {
          floor = nextOffset;
          from = Math.max(from, batch.indexOf(nextOffset));
          if (from >= to) {
            to = batch.size();
            refusal = Optional.empty();
          }
        }
        case Attempt.RecordRefused(int index, String reason) -> {
          if (index == 0) {
            return Outcome.stopped(from, new Cause.Poison(reason));
          }
          to = from + index;
          refusal = Optional.of(reason);
        }
        case Attempt.NotJsonb(int index) -> {
          transactions.keepAsBytes(part.offset(index));
          // What comes before is committed first: no row is sent more than twice.
          to = index == 0 ? to : from + index;
          refusal = Optional.empty();
        }
        case Attempt.SomeRefused(String reason) -> {
          return Outcome.stopped(from, new Cause.Poison(reason, to - from));
        }
        case Attempt.Again _ -> {}
        case Attempt.Failed(Cause cause) -> {
          return Outcome.stopped(from, cause);
        }
      }
    }
    return Outcome.DELIVERED;
  }

  @Override
  public void skipTo(long nextOffset) {
    skipped = Math.max(skipped, nextOffset);
  }

  /** Deliveries are durable as they return; only what was skipped is still to be said. */
  @Override
  public Optional<Cause> flush() {
    if (skipped <= floor) {
      return Optional.empty();
    }
    var trouble = transactions.skipTo(skipped);
    if (trouble.isEmpty()) {
      floor = skipped;
    }
    return trouble;
  }

  @Override
  public void close() {
    // Nothing is held between calls: sessions belong to the pool.
  }
}
