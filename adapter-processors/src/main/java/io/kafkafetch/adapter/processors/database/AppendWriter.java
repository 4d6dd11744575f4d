package io.kafkafetch.adapter.processors.database;

import io.kafkafetch.domain.processor.RecordBatch;
import java.sql.SQLException;
import java.util.stream.Collectors;

/**
 * A row for each record. Rows go straight into the table; only where some are there already (a
 * replay, another group that writes the same topic, a lost progress row) do they take the way
 * through a staging table, which writes them anew.
 */
final class AppendWriter implements RowWriter {
  private final RecordEncoder encoder;
  private String copied = "";

  /** Rows of the coming batches may be there already. */
  private boolean merging;

  /** The batch at hand was in conflict with something, so there is no use in looking for rows. */
  private boolean conflict;

  AppendWriter(RecordEncoder encoder) {
    this.encoder = encoder;
  }

  @Override
  public Selection prepare(Session session, SyncTable table, RecordBatch batch, Passage passage)
      throws SQLException {
    if (merging || passage == Passage.REDELIVERY) {
      session.prepareStage(table);
    }
    return Selection.all(batch);
  }

  @Override
  public void write(
      Session session, SyncTable table, Selection records, Passage passage, boolean tombstones)
      throws SQLException, RefusedRecordException {
    var columns = SyncTable.list(table.columns());
    if (passage == Passage.IN_ORDER && merging && !conflict) {
      merging = rowsFrom(session, table, records.batch());
    }
    if (!merging && passage == Passage.IN_ORDER) {
      copied = table.name();
      session.copy(table.qualified(), columns, records, encoder);
      return;
    }
    conflict = false;
    copied = session.stage(table);
    session.copy(copied, columns, records, encoder);
    try (var merge = session.prepare(merge(table, copied))) {
      merge.executeUpdate();
    }
  }

  /** The row of a coordinate is the same record: written anew, since its columns may differ. */
  private static String merge(SyncTable table, String stage) {
    var columns = SyncTable.list(table.columns());
    return "insert into %s (%s) select %s from %s on conflict (%s) do update set %s"
        .formatted(
            table.qualified(),
            columns,
            columns,
            stage,
            SyncTable.list(table.identity()),
            assignments(table));
  }

  /** All but the identity, taken from the row that was refused. */
  static String assignments(SyncTable table) {
    return table.columns().stream()
        .filter(column -> !table.identity().contains(column))
        .map(Identifiers::quote)
        .map(column -> column + " = excluded." + column)
        .collect(Collectors.joining(", "));
  }

  /** Whether there is any row at or above the batch's first offset. */
  private static boolean rowsFrom(Session session, SyncTable table, RecordBatch batch)
      throws SQLException {
    var sql =
        "select exists (select from %s where topic_id = ? and partition = ? and \"offset\" >= ?)"
            .formatted(table.qualified());
    try (var statement = session.prepare(sql)) {
      statement.setString(1, batch.source().topicId());
      statement.setInt(2, batch.source().partition());
      statement.setLong(3, batch.offset(0));
      try (var result = statement.executeQuery()) {
        return result.next() && result.getBoolean(1);
      }
    }
  }

  @Override
  public String copied() {
    return copied;
  }

  @Override
  public boolean evade() {
    boolean evading = !merging;
    merging = true;
    conflict = evading;
    return evading;
  }
}
