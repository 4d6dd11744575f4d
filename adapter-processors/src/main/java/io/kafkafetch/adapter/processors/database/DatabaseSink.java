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
    transactions.newBatch();
    var stretch = new Stretch(batch, start);
    while (!stretch.isEmpty()) {
      var records = stretch.records();
      var attempt = transactions.attempt(records, passage);
      learn(attempt, records, passage);
      var end = stretch.after(attempt);
      if (end.isPresent()) {
        return end.get();
      }
    }
    return Outcome.DELIVERED;
  }

  private void learn(Attempt attempt, RecordBatch records, Passage passage) {
    switch (attempt) {
      case Attempt.Committed _ when passage == Passage.IN_ORDER -> floor = records.nextOffset();
      case Attempt.Overtaken(long nextOffset) -> floor = nextOffset;
      case Attempt.Committed _,
          Attempt.NotJsonb _,
          Attempt.RecordRefused _,
          Attempt.SomeRefused _,
          Attempt.Again _,
          Attempt.Failed _ -> {}
    }
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
