package io.kafkafetch.adapter.persistence;

import io.kafkafetch.application.driven.Changes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears what the triggers tell, on a connection of its own: one that waits would otherwise be
 * missing from the pool. One daemon thread owns the connection and calls the listeners.
 */
final class NotifiedChanges implements Changes, AutoCloseable {
  static final String CHANNEL = "kafkafetch_changes";

  private static final Logger log = LoggerFactory.getLogger(NotifiedChanges.class);

  /** After so long without news the connection is asked whether it still lives. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Duration VALIDATION_LIMIT = Duration.ofSeconds(2);
  private static final Duration MAX_BACKOFF = Duration.ofSeconds(5);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

  private final DataSource source;
  private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread =
      Thread.ofPlatform().daemon().name("kafka-fetch-changes").unstarted(this::run);

  /** Under this object's monitor. */
  private boolean started;

  /** Written by the thread, read by who closes. */
  private volatile @Nullable Connection current;

  /** One listener; compared by identity, so that one that listens twice is told twice. */
  private final class Subscription implements Listening {
    private final Runnable onChange;

    Subscription(Runnable onChange) {
      this.onChange = onChange;
    }

    @Override
    public void close() {
      subscriptions.remove(this);
    }
  }

  NotifiedChanges(DataSource source) {
    this.source = source;
  }

  @Override
  public synchronized Listening listen(Runnable onChange) {
    if (isClosed()) {
      throw new IllegalStateException("The storage is closed");
    }
    var subscription = new Subscription(onChange);
    subscriptions.add(subscription);
    if (!started) {
      started = true;
      thread.start();
    }
    return subscription;
  }

  private void run() {
    int failures = 0;
    while (!isClosed()) {
      try (var connection = source.getConnection()) {
        current = connection;
        listenOn(connection);
        if (failures > 0) {
          log.info("The database tells of changes again");
        }
        failures = 0;
        // Something may have changed while nobody listened.
        tell();
        hear(connection);
      } catch (SQLException e) {
        failures++;
        if (failures == 1 && !isClosed()) {
          log.warn(
              "The database tells of no changes at the moment (SQLSTATE {}); trying to listen again",
              e.getSQLState());
        }
      } catch (RuntimeException e) {
        // The thread must live: without it nobody would hear of anything any more.
        failures++;
        log.error("Listening for changes failed; trying to listen again", e);
      } finally {
        current = null;
      }
      pauseAfter(failures);
    }
  }

  private static void listenOn(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("listen " + CHANNEL);
    }
  }

  private void hear(Connection connection) throws SQLException {
    var notifying = connection.unwrap(PGConnection.class);
    while (!isClosed()) {
      var news = notifying.getNotifications((int) PATIENCE.toMillis());
      if (news != null && news.length > 0) {
        tell();
      } else if (!connection.isValid((int) VALIDATION_LIMIT.toSeconds())) {
        throw new SQLException("The connection no longer answers", "08006");
      }
    }
  }

  private void tell() {
    for (var subscription : subscriptions) {
      try {
        subscription.onChange.run();
      } catch (RuntimeException e) {
        log.error("A listener to changes failed; it will be told of the next change", e);
      }
    }
  }

  /** 100 ms after the first failure, doubled after each further one. */
  private void pauseAfter(int failures) {
    if (failures == 0) {
      return;
    }
    long millis = Math.min(MAX_BACKOFF.toMillis(), 100L << Math.min(failures - 1, 10));
    try {
      if (closed.await(millis, TimeUnit.MILLISECONDS)) {
        log.debug("Closed while waiting for the database");
      }
    } catch (InterruptedException e) {
      // Nobody but close() ends this thread.
      log.debug("Interrupted while waiting for the database", e);
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  @Override
  public void close() {
    synchronized (this) {
      closed.countDown();
      subscriptions.clear();
      if (!started || Thread.currentThread().equals(thread)) {
        return;
      }
    }
    abort();
    try {
      if (!thread.join(CLOSE_LIMIT)) {
        log.debug("The thread that listens for changes ends when its connection attempt does");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Cuts the connection off, since the thread may be waiting on it. */
  private void abort() {
    var connection = current;
    if (connection != null) {
      try {
        connection.abort(Runnable::run);
      } catch (SQLException e) {
        log.debug("The connection that listens for changes was gone already", e);
      }
    }
  }
}
