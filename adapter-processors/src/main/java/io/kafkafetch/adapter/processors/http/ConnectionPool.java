package io.kafkafetch.adapter.processors.http;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The open HTTP/1.1 connections of one processor: lent, taken back, watched. As many are open as
 * requests are in flight, and at most {@value #MAX_IDLE} rest.
 *
 * <p>One virtual thread watches them while there are any, so that a thousand idle processors cost
 * nothing.
 */
final class ConnectionPool implements AutoCloseable {
  private static final int MAX_IDLE = 512;
  private static final Duration MAX_REST = Duration.ofSeconds(30);
  private static final long PROBE_AFTER_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final long watchNanos;
  private final long restNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Origin, ArrayDeque<Connection>> idle = new HashMap<>();
  private final Set<Connection> open = new HashSet<>();
  private int idleCount;
  private boolean watched;
  private boolean closed;

  /** A pool whose deadlines are kept to about a tenth of {@code timeoutMillis}. */
  ConnectionPool(long timeoutMillis) {
    this(timeoutMillis, MAX_REST);
  }

  ConnectionPool(long timeoutMillis, Duration maxRest) {
    watchNanos = TimeUnit.MILLISECONDS.toNanos(Math.clamp(timeoutMillis / 10, 10, 500));
    restNanos = maxRest.toNanos();
  }

  /** A resting connection to the origin that still looks alive. */
  Optional<Connection> reuse(Origin origin, Deadline deadline) {
    while (true) {
      var connection = takeIdle(origin);
      if (connection == null) {
        return Optional.empty();
      }
      connection.lease(deadline);
      if (System.nanoTime() - connection.idleSince() < PROBE_AFTER_NANOS || !connection.isStale()) {
        return Optional.of(connection);
      }
      discard(connection);
    }
  }

  private @Nullable Connection takeIdle(Origin origin) {
    lock.lock();
    try {
      var resting = idle.get(origin);
      var connection = resting == null ? null : resting.pollLast();
      if (connection != null) {
        idleCount--;
      }
      return connection;
    } finally {
      lock.unlock();
    }
  }

  /** Watches a new connection from now on. */
  void add(Connection connection) throws IOException {
    lock.lock();
    try {
      if (closed) {
        connection.close();
        throw new IOException("The processor is closed");
      }
      open.add(connection);
      if (!watched) {
        watched = true;
        Thread.ofVirtual().name("connection-watch").start(this::watch);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes a connection back after an exchange that did not throw. */
  void giveBack(Connection connection) {
    if (connection.isReusable() && rested(connection)) {
      return;
    }
    discard(connection);
  }

  private boolean rested(Connection connection) {
    lock.lock();
    try {
      if (closed || idleCount >= MAX_IDLE || !open.contains(connection)) {
        return false;
      }
      connection.rest(System.nanoTime());
      idle.computeIfAbsent(connection.origin(), _ -> new ArrayDeque<>()).addLast(connection);
      idleCount++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Closes a connection that is of no more use. */
  void discard(Connection connection) {
    lock.lock();
    try {
      open.remove(connection);
    } finally {
      lock.unlock();
    }
    connection.close();
  }

  private void watch() {
    while (sweep()) {
      LockSupport.parkNanos(watchNanos);
    }
  }

  /** Whether anything is left to watch. */
  private boolean sweep() {
    var leave = new ArrayList<Connection>();
    lock.lock();
    try {
      if (open.isEmpty()) {
        watched = false;
        return false;
      }
      open.removeIf(Connection::abortIfLate);
      collectLongIdle(leave);
      leave.forEach(open::remove);
    } finally {
      lock.unlock();
    }
    leave.forEach(Connection::close);
    return true;
  }

  private void collectLongIdle(List<Connection> leave) {
    long now = System.nanoTime();
    for (Iterator<ArrayDeque<Connection>> i = idle.values().iterator(); i.hasNext(); ) {
      var resting = i.next();
      for (var first = resting.peekFirst();
          first != null && now - first.idleSince() > restNanos;
          first = resting.peekFirst()) {
        leave.add(resting.removeFirst());
        idleCount--;
      }
      if (resting.isEmpty()) {
        i.remove();
      }
    }
  }

  /** Closes all of them, those in use included. */
  @Override
  public void close() {
    List<Connection> all;
    lock.lock();
    try {
      closed = true;
      all = List.copyOf(open);
      open.clear();
      idle.clear();
      idleCount = 0;
    } finally {
      lock.unlock();
    }
    all.forEach(Connection::cut);
  }
}
