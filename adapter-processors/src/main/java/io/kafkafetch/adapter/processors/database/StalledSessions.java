package io.kafkafetch.adapter.processors.database;

import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends transactions of stalled servers of ours. One that stands still in the middle of a COPY holds
 * the lock on its progress for as long as its machine answers, and PostgreSQL has no timeout for
 * that; whoever took the partition over would wait with it.
 */
final class StalledSessions {
  private static final Logger LOG = LoggerFactory.getLogger(StalledSessions.class);

  /** Same user, has our progress table in hand, and has kept the server waiting all the time. */
  private static final String END =
      """
      select count(pg_terminate_backend(a.pid))
      from pg_catalog.pg_stat_activity a
      where a.usename = current_user and a.datname = current_database()
        and a.pid <> pg_backend_pid()
        and a.wait_event = 'ClientRead' and a.xact_start < now() - interval '10 seconds'
        and exists (
          select from pg_catalog.pg_locks l
          where l.pid = a.pid and l.granted and l.mode = 'RowExclusiveLock'
            and l.relation = to_regclass(?))
      """;

  private StalledSessions() {}

  /** Ends those that hold a lock on the progress of {@code table}; commits. */
  static void end(Session session, SyncTable table) {
    try (var statement = session.prepare(END)) {
      statement.setString(1, table.progress());
      try (var result = statement.executeQuery()) {
        if (result.next() && result.getLong(1) > 0) {
          LOG.warn(
              "Ended {} stalled transactions that held {}", result.getLong(1), table.progress());
        }
      }
      session.commit();
    } catch (SQLException e) {
      LOG.warn("Stalled transactions that hold {} could not be ended", table.progress(), e);
      session.rollback();
    }
  }
}
