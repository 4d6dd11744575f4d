package io.kafkafetch.benchmarks.question;

import io.kafkafetch.benchmarks.process.Child;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;

/** Sees from outside how fast rows are committed to a table. */
final class GrowingTable {
  private static final long LOOK_NANOS = 10_000_000;
  private static final long STANDSTILL_NANOS = 60_000_000_000L;
  private static final String UNDEFINED_TABLE = "42P01";

  private final Connection connection;

  GrowingTable(Connection connection) {
    this.connection = connection;
  }

  /** Finds something to complain about when there is no progress. */
  @FunctionalInterface
  interface Check {
    void run() throws Exception;
  }

  /**
   * Waits until all rows are there. The clock begins with the first ones.
   *
   * @param progress a cheap query for how many there are
   * @param table counted row by row when the clock has stopped
   * @return rows a second
   */
  double rate(String progress, String table, int records, Child writer, Check check)
      throws Exception {
    long first = 0;
    long begun = 0;
    long moved = System.nanoTime();
    long last = -1;
    while (true) {
      long there = number(progress);
      long now = System.nanoTime();
      if (there > 0 && begun == 0) {
        first = there;
        begun = now;
      }
      if (there >= records) {
        requireExactly(records, table);
        return (records - first) / ((now - begun) / 1e9);
      }
      if (there != last) {
        last = there;
        moved = now;
      } else if (now - moved > STANDSTILL_NANOS) {
        check.run();
        throw new IOException(table + " does not grow beyond " + there + " rows");
      }
      writer.requireAlive();
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private void requireExactly(int records, String table) throws SQLException, IOException {
    long counted = number("select count(*) from " + table);
    if (counted != records) {
      throw new IOException(table + " has " + counted + " rows for " + records + " records");
    }
  }

  private long number(String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      return result.next() ? result.getLong(1) : 0;
    } catch (SQLException e) {
      if (UNDEFINED_TABLE.equals(e.getSQLState())) {
        return 0;
      }
      throw e;
    }
  }

  /** Gives its room back, and lets the next one begin with what a fresh server would have. */
  void drop(String... tables) throws SQLException {
    try (var statement = connection.createStatement()) {
      for (var table : tables) {
        statement.execute("drop table if exists " + table);
      }
      statement.execute("checkpoint");
    }
  }

  void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
