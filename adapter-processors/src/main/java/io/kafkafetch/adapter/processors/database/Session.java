package io.kafkafetch.adapter.processors.database;

import io.kafkafetch.domain.processor.RecordBatch;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection in use by one thread at a time, always within a transaction of its own. Every wait
 * is bounded: by PostgreSQL for locks and statements, by the socket for everything else.
 */
final class Session implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  /** Enough to keep PostgreSQL busy while the next rows are being written. */
  private static final int CHUNK = 64 * 1024;

  private static final int CONNECT_SECONDS = 5;

  /** A bound for the network alone: PostgreSQL itself gives up earlier. */
  private static final int SOCKET_SECONDS = 30;

  /**
   * A server of ours that is stalled, or that the network has lost, must not hold the lock on its
   * progress for ever. Without synchronous commits a crash of the database would silently take back
   * what was confirmed.
   */
  private static final String BOUNDS =
      """
      set lock_timeout = '5s';
      set statement_timeout = '20s';
      set idle_in_transaction_session_timeout = '20s';
      set tcp_keepalives_idle = 10;
      set tcp_keepalives_interval = 5;
      set tcp_keepalives_count = 3;
      select set_config('synchronous_commit', 'on', false)
        where current_setting('synchronous_commit') = 'off'
      """;

  private final Connection connection;
  private final CopyManager copies;
  private final RowBuffer rows = new RowBuffer(CHUNK + CHUNK / 4);
  private final Map<SyncTable, String> stages = new HashMap<>();

  /** Nothing is open: the next user begins a transaction of their own. */
  private boolean clean = true;

  private boolean broken;

  private Session(Connection connection) throws SQLException {
    this.connection = connection;
    this.copies = connection.unwrap(PGConnection.class).getCopyAPI();
  }

  /** Connects; blocks for a bounded time. */
  static Session connect(DatabaseAddress address) throws SQLException {
    return connect(address, Duration.ofSeconds(SOCKET_SECONDS));
  }

  /** Connects, and waits for each answer no longer than {@code patience}. */
  static Session connect(DatabaseAddress address, Duration patience) throws SQLException {
    var connection = new Driver().connect(address.jdbcUrl(), properties(address, patience));
    if (connection == null) {
      throw new SQLException("The driver does not know this address", "08001");
    }
    try {
      try (var statement = connection.createStatement()) {
        statement.execute(BOUNDS);
      }
      connection.setAutoCommit(false);
      return new Session(connection);
    } catch (SQLException e) {
      try {
        connection.close();
      } catch (SQLException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  private static Properties properties(DatabaseAddress address, Duration patience) {
    var properties = new Properties();
    properties.setProperty("user", address.user());
    // An empty one, too: without any the driver would look for a password file.
    properties.setProperty("password", address.password());
    properties.setProperty("ApplicationName", "kafka-fetch-server");
    properties.setProperty(
        "connectTimeout", Long.toString(Math.min(CONNECT_SECONDS, patience.toSeconds())));
    properties.setProperty("socketTimeout", Long.toString(patience.toSeconds()));
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("assumeMinServerVersion", "12");
    properties.setProperty("gssEncMode", "disable");
    properties.setProperty("jaasLogin", "false");
    address
        .parameters()
        .forEach((name, value) -> Parameter.of(name).orElseThrow().apply(value, properties));
    return properties;
  }

  /** The connection, for statements of the transaction at hand. */
  Connection connection() {
    clean = false;
    return connection;
  }

  PreparedStatement prepare(String sql) throws SQLException {
    return connection().prepareStatement(sql);
  }

  void commit() throws SQLException {
    connection.commit();
    clean = true;
  }

  /** Undoes the transaction; what cannot be undone is given up with its connection. */
  void rollback() {
    try {
      connection.rollback();
      clean = true;
    } catch (SQLException e) {
      LOG.debug("A transaction could not be rolled back, its connection is given up", e);
      broken = true;
    }
  }

  /** This connection must not be used again. */
  void giveUp() {
    broken = true;
  }

  /** Whether somebody else can go on with it. */
  boolean isReusable() {
    return clean && !broken;
  }

  /**
   * Makes sure that there is a temporary table with the columns of {@code table}. Commits, so it
   * comes before a transaction's first statement.
   */
  void prepareStage(SyncTable table) throws SQLException {
    if (stages.containsKey(table)) {
      return;
    }
    var name = "kafkafetch_stage_" + stages.size();
    try (var statement = connection().createStatement()) {
      statement.execute(
          "create temporary table %s on commit delete rows as select %s from %s with no data"
              .formatted(name, SyncTable.list(table.columns()), table.qualified()));
    }
    commit();
    stages.put(table, name);
  }

  /** The name of the temporary table that {@link #prepareStage} made. */
  String stage(SyncTable table) {
    var name = stages.get(table);
    if (name == null) {
      throw new IllegalStateException("No staging table was prepared for " + table.qualified());
    }
    return name;
  }

  /**
   * Copies some records of a batch.
   *
   * @param target where to, as SQL names it
   * @param columns the columns in the order in which {@code encoder} writes them
   */
  void copy(String target, String columns, Selection records, RecordEncoder encoder)
      throws SQLException, RefusedRecordException {
    clean = false;
    var copy = copies.copyIn("copy " + target + " (" + columns + ") from stdin (format binary)");
    try {
      rows.clear();
      rows.copyHeader();
      RecordBatch batch = records.batch();
      for (int row = 0; row < records.count(); row++) {
        encoder.write(batch, records.index(row), rows);
        if (rows.size() >= CHUNK) {
          send(copy);
        }
      }
      rows.copyTrailer();
      send(copy);
      copy.endCopy();
    } finally {
      rows.clear();
      if (copy.isActive()) {
        cancel(copy);
      }
    }
  }

  private void send(CopyIn copy) throws SQLException {
    copy.writeToCopy(rows.array(), 0, rows.size());
    rows.clear();
  }

  private void cancel(CopyIn copy) {
    try {
      copy.cancelCopy();
    } catch (SQLException e) {
      LOG.debug("A COPY could not be cancelled, its connection is given up", e);
      broken = true;
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.debug("A connection could not be closed in order", e);
    }
  }
}
