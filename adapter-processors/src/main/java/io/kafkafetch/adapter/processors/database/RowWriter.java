package io.kafkafetch.adapter.processors.database;

import io.kafkafetch.domain.processor.RecordBatch;
import java.sql.SQLException;

/**
 * Writes a batch into the table, within the session's open transaction. One per sink; owned by one
 * thread at a time.
 */
sealed interface RowWriter permits AppendWriter, UpsertWriter {
  /** How records come to be written. */
  enum Passage {
    /** In their turn, behind the fence. */
    IN_ORDER,
    /** Once more after a dead letter, long after their turn. */
    REDELIVERY
  }

  /**
   * What this batch needs outside of the transaction.
   *
   * @return the records that become rows
   * @throws RefusedRecordException if one of them can be none
   */
  Selection prepare(Session session, SyncTable table, RecordBatch batch, Passage passage)
      throws SQLException, RefusedRecordException;

  /**
   * Writes the rows.
   *
   * @param tombstones whether some key of the table may be remembered as deleted
   */
  void write(
      Session session, SyncTable table, Selection records, Passage passage, boolean tombstones)
      throws SQLException, RefusedRecordException;

  /** The table that a COPY of the last {@link #write} went to, as PostgreSQL names it in errors. */
  String copied();

  /**
   * A row was there already. Answers whether this writer now goes another way, on which that is no
   * trouble.
   */
  boolean evade();

  /** The writer that a table's mode asks for. */
  static RowWriter of(WriteMode mode, RecordEncoder encoder) {
    return switch (mode) {
      case APPEND -> new AppendWriter(encoder);
      case UPSERT -> new UpsertWriter(encoder);
    };
  }
}
