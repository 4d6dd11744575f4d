package io.kafkafetch.adapter.processors.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The connections of this server to one database as one user, shared by all sinks that write there.
 * Thread-safe.
 *
 * <p>There are never more than a limit of them, however many partitions are backlogged: who finds
 * all in use waits for a while. A sink holds one for a batch only. One that nobody needed for a
 * while is closed.
 */
final class SessionPool implements AutoCloseable {
  private final DatabaseAddress address;
  private final Limits limits;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition returned = lock.newCondition();
  private final Condition closing = lock.newCondition();

  /** The rest is guarded by the lock. The most recently used is first. */
  private final Deque<Idle> idle = new ArrayDeque<>();

  private int open;
  private boolean sweeping;
  private boolean closed;

  /**
   * How much a pool may take.
   *
   * @param sessions open at once, at least 1
   * @param patience how long to wait for a session when all are in use
   * @param idle a session that nobody needed for this long, and at most twice as long, is closed
   */
  record Limits(int sessions, Duration patience, Duration idle) {}

  /** A session that nobody uses; {@code seen} by the last sweep. */
  private static final class Idle {
    final Session session;
    boolean seen;

    Idle(Session session) {
      this.session = session;
    }
  }

  SessionPool(DatabaseAddress address, Limits limits) {
    this.address = address;
    this.limits = limits;
  }

  DatabaseAddress address() {
    return address;
  }

  /** How many are open, in use or not. */
  int open() {
    lock.lock();
    try {
      return open;
    } finally {
      lock.unlock();
    }
  }

  /**
   * A session for one batch; {@link #giveBack} must follow.
   *
   * @throws SQLException if none could be had in time
   */
  Session borrow() throws SQLException {
    var reused = reserve();
    if (reused != null) {
      return reused.session;
    }
    boolean connected = false;
    try {
      var session = Session.connect(address);
      connected = true;
      return session;
    } finally {
      if (!connected) {
        release();
      }
    }
  }

  /** An idle session, or null for the right to open one. */
  private @Nullable Idle reserve() throws SQLException {
    long left = limits.patience().toNanos();
    boolean interrupted = false;
    lock.lock();
    try {
      while (idle.isEmpty() && open >= limits.sessions()) {
        if (left <= 0) {
          throw new SQLException(
              "all " + limits.sessions() + " connections of this server are in use", "53300");
        }
        try {
          left = returned.awaitNanos(left);
        } catch (InterruptedException _) {
          // Sinks are never interrupted; if one is, its bounded wait still ends by itself.
          interrupted = true;
        }
      }
      if (!idle.isEmpty()) {
        return idle.pop();
      }
      open++;
      return null;
    } finally {
      lock.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void release() {
    lock.lock();
    try {
      open--;
      returned.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Takes a session back, for others if it is in order. */
  void giveBack(Session session) {
    lock.lock();
    try {
      if (session.isReusable() && !closed) {
        idle.push(new Idle(session));
        returned.signal();
        startSweeping();
        return;
      }
    } finally {
      lock.unlock();
    }
    session.close();
    release();
  }

  /** Closes all that nobody uses: the database has gone away under one, so under all. */
  void closeIdle() {
    close(takeIdle(false));
  }

  private void startSweeping() {
    if (!sweeping) {
      sweeping = true;
      Thread.ofVirtual().name("idle connections to " + address.destination()).start(this::sweep);
    }
  }

  /** Runs while there are idle sessions. One that is met twice, unused in between, is closed. */
  private void sweep() {
    boolean goOn = true;
    while (goOn) {
      lock.lock();
      try {
        if (!closed) {
          var _ = closing.await(limits.idle().toNanos(), TimeUnit.NANOSECONDS);
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      } finally {
        lock.unlock();
      }
      close(takeIdle(true));
      lock.lock();
      try {
        goOn = !idle.isEmpty() && !Thread.currentThread().isInterrupted();
        sweeping = goOn;
      } finally {
        lock.unlock();
      }
    }
  }

  private List<Session> takeIdle(boolean onlySeen) {
    lock.lock();
    try {
      var taken = new ArrayList<Session>();
      idle.removeIf(waiting -> {
        boolean take = closed || !onlySeen || waiting.seen;
        if (take) {
          taken.add(waiting.session);
        }
        waiting.seen = true;
        return take;
      });
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private void close(List<Session> sessions) {
    for (var session : sessions) {
      session.close();
      release();
    }
  }

  /** Closes what nobody uses now, and the rest as it is given back. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      closing.signalAll();
    } finally {
      lock.unlock();
    }
    closeIdle();
  }
}
