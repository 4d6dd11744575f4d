package io.kafkafetch.adapter.processors.database;

import io.kafkafetch.adapter.processors.database.ProgressFence.Grant;
import io.kafkafetch.adapter.processors.database.RowWriter.Passage;
import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.Progress;
import io.kafkafetch.domain.processor.RecordBatch;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transactions of one sink: each writes a batch and moves the progress row, both or neither.
 * Owned by one thread at a time; holds a session only within a call.
 */
final class Transactions {
  /** More ways than there are to go; beyond it something changes under us all the time. */
  private static final int MAX_DETOURS = 4;

  /** SQLSTATE of a lock that was not had in time. */
  private static final String LOCKED = "55P03";

  private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

  private final SessionPool pool;
  private final PreparedTables tables;
  private final ProgressFence fence;
  private final RecordEncoder encoder;
  private final RowWriter writer;

  private Progress begun = new Progress(0, 0);

  /** How far the database has said to be since {@link #begin}; 0 for nothing. */
  private long confirmed;

  private int detours;

  Transactions(
      SessionPool pool,
      PreparedTables tables,
      ProgressFence fence,
      WriteMode mode,
      RecordEncoder encoder) {
    this.pool = pool;
    this.tables = tables;
    this.fence = fence;
    this.encoder = encoder;
    this.writer = RowWriter.of(mode, encoder);
  }

  void begin(Progress start) {
    begun = start;
    confirmed = 0;
  }

  void newBatch() {
    detours = 0;
    encoder.reset();
  }

  /** Writes all records of the batch in one transaction, or says why not. */
  Attempt attempt(RecordBatch batch, Passage passage) {
    Session session;
    try {
      session = pool.borrow();
    } catch (SQLException e) {
      return new Attempt.Failed(DatabaseFailure.causeOf(e, pool.address()));
    }
    var records = Optional.<Selection>empty();
    try {
      var table = tables.of(batch.source().topic(), session);
      records = Optional.of(writer.prepare(session, table, batch, passage));
      return switch (passage) {
        case IN_ORDER -> inOrder(session, table, records.get());
        case REDELIVERY -> redelivery(session, table, records.get());
      };
    } catch (RefusedRecordException e) {
      session.rollback();
      return new Attempt.RecordRefused(e.index(), e.reason());
    } catch (UnfitTableException e) {
      session.rollback();
      return new Attempt.Failed(new Cause.Fatal(e.reason()));
    } catch (SQLException e) {
      return failed(session, batch, records, e);
    } finally {
      pool.giveBack(session);
    }
  }

  private Attempt inOrder(Session session, SyncTable table, Selection records)
      throws SQLException, RefusedRecordException {
    var batch = records.batch();
    long first = batch.offset(0);
    var next = begun.at(batch.nextOffset());
    return switch (fence.advance(session, table, next, first, confirmed)) {
      case Grant.Held(boolean tombstones) -> {
        writer.write(session, table, records, Passage.IN_ORDER, tombstones);
        session.commit();
        confirmed = next.nextOffset();
        yield new Attempt.Committed();
      }
      case Grant.Denied _ -> {
        var row = fence.read(session, table);
        session.rollback();
        yield denied(row, first);
      }
    };
  }

  private Attempt redelivery(Session session, SyncTable table, Selection records)
      throws SQLException, RefusedRecordException {
    writer.write(session, table, records, Passage.REDELIVERY, true);
    session.commit();
    return new Attempt.Committed();
  }

  /** Somebody else has moved the row. */
  private Attempt denied(Optional<Progress> row, long first) {
    if (row.isEmpty()) {
      return detour(new Cause.Transient("The progress row of " + fence.source() + " was deleted"));
    }
    var found = row.get();
    if (found.generation() > begun.generation()) {
      return new Attempt.Failed(newerGeneration(found));
    }
    if (found.generation() == begun.generation() && found.nextOffset() < confirmed) {
      return new Attempt.Failed(lost(found));
    }
    if (found.generation() == begun.generation() && found.nextOffset() > first) {
      confirmed = found.nextOffset();
      return new Attempt.Overtaken(found.nextOffset());
    }
    return detour(new Cause.Transient("The progress row of " + fence.source() + " keeps changing"));
  }

  private Cause newerGeneration(Progress found) {
    return new Cause.Transient(
        "Partition %s was taken over in replay generation %d; this member has %d and writes nothing"
            .formatted(fence.source(), found.generation(), begun.generation()));
  }

  private Cause lost(Progress found) {
    return new Cause.Fatal(
        ("The database has lost what it had confirmed: %s was written up to offset %d and is back at"
                + " %d, as after a failover to a replica that lagged, or a restored backup. Reset the"
                + " group's offset to %d, then start again")
            .formatted(fence.source(), confirmed, found.nextOffset(), found.nextOffset()));
  }

  private Attempt detour(Cause otherwise) {
    return ++detours <= MAX_DETOURS ? new Attempt.Again() : new Attempt.Failed(otherwise);
  }

  private Attempt failed(
      Session session, RecordBatch batch, Optional<Selection> records, SQLException error) {
    session.rollback();
    return switch (DatabaseFailure.of(error, pool.address(), writer.copied())) {
      case DatabaseFailure.Duplicate(var refused) ->
          writer.evade()
              ? detour(new Cause.Transient(refused.reason()))
              : refused(refused, records);
      case DatabaseFailure.Refused refused -> refused(refused, records);
      case DatabaseFailure.Vanished(String reason) -> {
        // The configuration says that what is missing is created; so it is looked for once more.
        session.giveUp();
        tables.forget(batch.source().topic());
        yield detour(new Cause.Fatal(reason));
      }
      case DatabaseFailure.Unavailable(Cause cause) -> {
        if (LOCKED.equals(error.getSQLState())) {
          endStalled(session, batch);
        }
        session.giveUp();
        if (isConnectionLost(error)) {
          pool.closeIdle();
        }
        yield new Attempt.Failed(cause);
      }
    };
  }

  private void endStalled(Session session, RecordBatch batch) {
    try {
      StalledSessions.end(session, tables.of(batch.source().topic(), session));
    } catch (SQLException | UnfitTableException e) {
      LOG.debug("The next try will say what is wrong with the table", e);
      session.rollback();
    }
  }

  private static boolean isConnectionLost(SQLException error) {
    var state = error.getSQLState();
    return state != null && (state.startsWith("08") || state.startsWith("57P"));
  }

  private Attempt refused(DatabaseFailure.Refused refused, Optional<Selection> records) {
    if (records.isEmpty()
        || refused.row().isEmpty()
        || refused.row().getAsInt() >= records.get().count()) {
      return new Attempt.SomeRefused(refused.reason());
    }
    int index = records.get().index(refused.row().getAsInt());
    boolean aboutValue =
        refused.unreadable() && refused.column().filter("value"::equals).isPresent();
    // A value that was given as bytes already is not at fault.
    return aboutValue && encoder.keepAsBytes(records.get().batch().offset(index))
        ? new Attempt.NotJsonb(index)
        : new Attempt.RecordRefused(index, refused.reason());
  }

  /** Says in the database that everything below is dealt with. */
  Optional<Cause> skipTo(long nextOffset) {
    Session session;
    try {
      session = pool.borrow();
    } catch (SQLException e) {
      return Optional.of(DatabaseFailure.causeOf(e, pool.address()));
    }
    try {
      var table = tables.of(fence.source().topic(), session);
      boolean held = fence.skip(session, table, begun.at(nextOffset));
      session.commit();
      if (!held) {
        return Optional.of(
            new Cause.Transient("Partition " + fence.source() + " was taken over by a replay"));
      }
      confirmed = Math.max(confirmed, nextOffset);
      return Optional.empty();
    } catch (UnfitTableException e) {
      session.rollback();
      return Optional.of(new Cause.Fatal(e.reason()));
    } catch (SQLException e) {
      session.rollback();
      session.giveUp();
      return Optional.of(DatabaseFailure.causeOf(e, pool.address()));
    } finally {
      pool.giveBack(session);
    }
  }
}
