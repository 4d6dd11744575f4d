package io.kafkafetch.adapter.processors.database;

import io.kafkafetch.domain.processor.Progress;
import io.kafkafetch.domain.processor.SourcePartition;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The row that says how far a processor got in a partition. It changes in the transaction that
 * writes the records, and is locked by it from the start: of two sinks that believe to own the
 * partition, each waits for the other and then sees what that one did.
 *
 * @param source whose partition
 * @param group the consumer group
 * @param processorId the processor
 */
record ProgressFence(SourcePartition source, String group, String processorId) {

  /** What came of asking for the right to write. */
  sealed interface Grant {
    /**
     * The row is ours until the transaction ends.
     *
     * @param tombstones whether some key of the table is remembered as deleted
     */
    record Held(boolean tombstones) implements Grant {}

    /** It is not; nothing was changed. */
    record Denied() implements Grant {}
  }

  /** Reads the row. */
  Optional<Progress> read(Session session, SyncTable table) throws SQLException {
    var sql =
        "select generation, next_offset from %s where %s"
            .formatted(
                table.progress(),
                "topic_id = ? and partition = ? and consumer_group = ? and processor_id = ?");
    try (var statement = session.prepare(sql)) {
      bindKey(statement);
      try (var row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(new Progress(row.getLong(1), row.getLong(2)))
            : Optional.empty();
      }
    }
  }

  /**
   * Moves the row, unless somebody else has moved it.
   *
   * @param first the first offset about to be written
   * @param confirmed how far the database has already said to be in this generation; 0 for nothing
   */
  Grant advance(Session session, SyncTable table, Progress next, long first, long confirmed)
      throws SQLException {
    // A newer generation overrides; within the same one nobody may have gone past our first record,
    // and what was confirmed to us must still be there.
    var sql =
        insert(table)
            + """
            do update set generation = excluded.generation, next_offset = excluded.next_offset,
              topic = excluded.topic, updated_at = excluded.updated_at
            where p.generation < excluded.generation
              or (p.generation = excluded.generation
                  and p.next_offset <= ? and p.next_offset >= ?)
            """
            + "returning "
            + switch (table.mode()) {
              case APPEND -> "false";
              case UPSERT -> "exists (select from " + table.tombstones() + ")";
            };
    try (var statement = session.prepare(sql)) {
      bindKey(statement);
      bindValues(statement, next);
      statement.setLong(8, first);
      statement.setLong(9, confirmed);
      try (var row = statement.executeQuery()) {
        return row.next() ? new Grant.Held(row.getBoolean(1)) : new Grant.Denied();
      }
    }
  }

  /** Moves the row forward although nothing is written; false when a newer generation is there. */
  boolean skip(Session session, SyncTable table, Progress next) throws SQLException {
    var sql =
        insert(table)
            + """
            do update set generation = excluded.generation,
              next_offset = case when p.generation = excluded.generation
                then greatest(p.next_offset, excluded.next_offset)
                else excluded.next_offset end,
              topic = excluded.topic, updated_at = excluded.updated_at
            where p.generation <= excluded.generation
            """;
    try (var statement = session.prepare(sql)) {
      bindKey(statement);
      bindValues(statement, next);
      return statement.executeUpdate() == 1;
    }
  }

  private static String insert(SyncTable table) {
    return """
    insert into %s as p (topic_id, partition, consumer_group, processor_id,
      topic, generation, next_offset, updated_at)
    values (?, ?, ?, ?, ?, ?, ?, now())
    on conflict (topic_id, partition, consumer_group, processor_id)
    """
        .formatted(table.progress());
  }

  private void bindKey(PreparedStatement statement) throws SQLException {
    statement.setString(1, source.topicId());
    statement.setInt(2, source.partition());
    statement.setString(3, group);
    statement.setString(4, processorId);
  }

  private void bindValues(PreparedStatement statement, Progress next) throws SQLException {
    statement.setString(5, source.topic());
    statement.setLong(6, next.generation());
    statement.setLong(7, next.nextOffset());
  }
}
