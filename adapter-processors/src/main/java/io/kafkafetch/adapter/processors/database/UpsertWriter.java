package io.kafkafetch.adapter.processors.database;

import io.kafkafetch.domain.processor.RecordBatch;
import java.sql.SQLException;

/**
 * A row for each key. Keys that are new go straight into the table, which is several times cheaper;
 * whether a batch has only such keys shows when it is tried. Batches with known keys go through a
 * staging table, and the more often that was needed, the more rarely the short way is tried.
 */
final class UpsertWriter implements RowWriter {
  /** At most one batch in so many is written in vain. */
  private static final int MAX_PAUSE = 128;

  private final RecordEncoder encoder;
  private String copied = "";

  /** How many batches go through the staging table before the short way is tried again. */
  private int mergesLeft;

  /** How many that will be after the next failure. */
  private int pause = 4;

  UpsertWriter(RecordEncoder encoder) {
    this.encoder = encoder;
  }

  @Override
  public Selection prepare(Session session, SyncTable table, RecordBatch batch, Passage passage)
      throws SQLException, RefusedRecordException {
    var newest = Selection.newest(batch);
    session.prepareStage(table);
    return newest;
  }

  @Override
  public void write(
      Session session, SyncTable table, Selection records, Passage passage, boolean tombstones)
      throws SQLException, RefusedRecordException {
    boolean plain = passage == Passage.IN_ORDER && !tombstones && !records.tombstones();
    if (plain && mergesLeft == 0) {
      copied = table.name();
      session.copy(table.qualified(), SyncTable.list(table.columns()), records, encoder);
      pause = 4;
      return;
    }
    mergesLeft = Math.max(0, mergesLeft - 1);
    copied = session.stage(table);
    session.copy(copied, SyncTable.list(table.columns()), records, encoder);
    var merge = new UpsertStatements(table, copied, passage);
    execute(session, merge.insert(tombstones));
    if (records.tombstones()) {
      execute(session, merge.deleteRows());
      execute(session, merge.rememberDeleted());
    }
    if (tombstones) {
      execute(session, merge.forgetDeleted());
    }
  }

  private static void execute(Session session, String sql) throws SQLException {
    try (var statement = session.prepare(sql)) {
      statement.executeUpdate();
    }
  }

  @Override
  public String copied() {
    return copied;
  }

  @Override
  public boolean evade() {
    boolean evading = mergesLeft == 0;
    mergesLeft = pause;
    pause = Math.min(MAX_PAUSE, 2 * pause);
    return evading;
  }
}
