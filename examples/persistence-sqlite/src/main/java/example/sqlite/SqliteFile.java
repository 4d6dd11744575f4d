package example.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kafkafetch.application.driving.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteException;

/** One connection, which belongs to whoever holds the lock. */
final class SqliteFile implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteFile.class);

  private final Connection connection;
  private final ReentrantLock lock = new ReentrantLock();

  /** Under the lock. */
  private boolean closed;

  private SqliteFile(Connection connection) {
    this.connection = connection;
  }

  static SqliteFile open(Path path) {
    try {
      var file = new SqliteFile(DriverManager.getConnection("jdbc:sqlite:" + path));
      file.prepare();
      return file;
    } catch (SQLException e) {
      throw explained(e);
    }
  }

  /** What was committed survives a power cut; another process is waited for, but not for ever. */
  private void prepare() throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("pragma journal_mode = wal");
      statement.execute("pragma synchronous = full");
      statement.execute("pragma foreign_keys = on");
      statement.execute("pragma busy_timeout = 5000");
      for (var table : tables().split(";", -1)) {
        if (!table.isBlank()) {
          statement.execute(table);
        }
      }
    }
  }

  private static String tables() {
    try (var in = SqliteFile.class.getResourceAsStream("tables.sql")) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  interface Work<T> {
    T run() throws SQLException;
  }

  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Does all of it or nothing. */
  <T> T transaction(Work<T> work) {
    enter();
    try {
      update("begin immediate");
      boolean committed = false;
      try {
        var result = work.run();
        update("commit");
        committed = true;
        return result;
      } finally {
        if (!committed) {
          rollBack();
        }
      }
    } catch (SQLException e) {
      throw explained(e);
    } finally {
      lock.unlock();
    }
  }

  private void enter() {
    lock.lock();
    if (closed) {
      lock.unlock();
      throw new Refusal.Unavailable("The storage is closed.", Duration.ofSeconds(5));
    }
  }

  private void rollBack() {
    try {
      update("rollback");
    } catch (SQLException e) {
      // It is rolled back with the connection, and the failure that led here is on its way.
      LOG.warn("Not rolled back", e);
    }
  }

  /** How many rows a statement changed; within a transaction. */
  int update(String sql, Object... values) throws SQLException {
    try (var statement = prepared(sql, values)) {
      return statement.executeUpdate();
    }
  }

  <T> List<T> list(String sql, Row<T> read, Object... values) {
    enter();
    try (var statement = prepared(sql, values);
        var rows = statement.executeQuery()) {
      var list = new ArrayList<T>();
      while (rows.next()) {
        list.add(read.read(rows));
      }
      return List.copyOf(list);
    } catch (SQLException e) {
      throw explained(e);
    } finally {
      lock.unlock();
    }
  }

  <T> Optional<T> find(String sql, Row<T> read, Object... values) {
    return list(sql, read, values).stream().findFirst();
  }

  private PreparedStatement prepared(String sql, Object... values) throws SQLException {
    var statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  boolean answers(Duration limit) {
    try {
      if (!lock.tryLock(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return false;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    try {
      return !closed && connection.isValid(1);
    } catch (SQLException e) {
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** What may pass is said to pass; anything else is a defect of ours. */
  private static RuntimeException explained(SQLException failure) {
    int code = failure instanceof SQLiteException e ? e.getResultCode().code & 0xff : 0;
    return switch (code) {
      // Busy, locked, read-only, input or output, full, cannot be opened.
      case 5, 6, 8, 10, 13, 14 ->
          new Refusal.Unavailable(
              "The database file cannot be used at the moment; nothing was changed.",
              Duration.ofSeconds(5));
      default -> new IllegalStateException("SQLite answered with what was not expected", failure);
    };
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      connection.close();
    } catch (SQLException e) {
      throw explained(e);
    } finally {
      lock.unlock();
    }
  }
}
