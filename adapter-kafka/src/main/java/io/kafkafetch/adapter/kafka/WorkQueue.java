package io.kafkafetch.adapter.kafka;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The work of one partition, done in turn. A virtual thread runs while there is some and ends when
 * there is none, so that thousands of idle partitions cost no thread. Safe for any thread.
 */
final class WorkQueue {
  private final String name;
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by {@link #lock}, as is all that follows. */
  private final ArrayDeque<Work> waiting = new ArrayDeque<>();

  private boolean running;
  private boolean finishing;

  /** Set while work from before a rewind is of no use, because the position moves back. */
  private boolean rewinding;

  private int batches;
  private long bytes;

  /**
   * Something to be done.
   *
   * @param positional whether it is only right while everything before it was done: a batch, a skip
   * @param batches how many batches it delivers, none or one
   * @param then follows when it no longer counts as waiting
   */
  private record Work(Runnable task, boolean positional, int batches, long bytes, Runnable then) {
    static Work of(Runnable task, boolean positional) {
      return new Work(task, positional, 0, 0, () -> {});
    }
  }

  WorkQueue(String name) {
    this.name = name;
  }

  /** Batches that are waiting or under way. */
  int batches() {
    lock.lock();
    try {
      return batches;
    } finally {
      lock.unlock();
    }
  }

  /** The bytes of these. */
  long bytes() {
    lock.lock();
    try {
      return bytes;
    } finally {
      lock.unlock();
    }
  }

  /** Work that is right at any position. */
  void add(Runnable task) {
    add(Work.of(task, false));
  }

  /**
   * Delivers a batch of that many bytes, unless the position moves back before its turn.
   *
   * @param then is done after it, when there is room for another
   */
  void addBatch(Runnable task, long bytes, Runnable then) {
    add(new Work(task, true, 1, bytes, then));
  }

  /** Moves the position forward, unless it moves back before that. */
  void addSkip(Runnable task) {
    add(Work.of(task, true));
  }

  private void add(Work work) {
    lock.lock();
    try {
      if (!finishing && !(rewinding && work.positional())) {
        enqueue(work);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Drops all that waits, and does this as the last thing. False when that was asked before. */
  boolean finishWith(Runnable last) {
    lock.lock();
    try {
      if (finishing) {
        return false;
      }
      finishing = true;
      waiting.forEach(this::forget);
      waiting.clear();
      enqueue(Work.of(last, false));
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The position moves back: what waits was read from a later one, and so was what comes until
   * {@link #resume()}.
   */
  void rewind() {
    lock.lock();
    try {
      rewinding = true;
      waiting.removeIf(work -> {
        if (work.positional()) {
          forget(work);
        }
        return work.positional();
      });
    } finally {
      lock.unlock();
    }
  }

  boolean isRewinding() {
    lock.lock();
    try {
      return rewinding;
    } finally {
      lock.unlock();
    }
  }

  /** What comes from now on was read from the position that was moved back to. */
  void resume() {
    lock.lock();
    try {
      rewinding = false;
    } finally {
      lock.unlock();
    }
  }

  /** Only under the lock. */
  private void enqueue(Work work) {
    waiting.add(work);
    batches += work.batches();
    bytes += work.bytes();
    if (!running) {
      running = true;
      Thread.ofVirtual().name(name).start(this::run);
    }
  }

  /** Only under the lock. */
  private void forget(Work work) {
    batches -= work.batches();
    bytes -= work.bytes();
  }

  private void run() {
    for (var work = next(); work.isPresent(); work = next()) {
      work.get().task().run();
      settle(work.get());
      work.get().then().run();
    }
  }

  private Optional<Work> next() {
    lock.lock();
    try {
      var next = Optional.ofNullable(waiting.poll());
      running = next.isPresent();
      return next;
    } finally {
      lock.unlock();
    }
  }

  private void settle(Work done) {
    lock.lock();
    try {
      forget(done);
    } finally {
      lock.unlock();
    }
  }
}
