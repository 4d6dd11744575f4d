package io.kafkafetch.adapter.kafka;

import java.util.HashMap;
import java.util.Map;

/**
 * How much of the heap all members of this process may fill with fetched records, shared out
 * evenly: two hundred backlogged consumers must not run out of memory together, and a lone one
 * should not be held back. A member's share covers its client's fetches and what waits for its
 * sinks; it is fixed while a client is open, so a member whose share has become far too large or
 * small opens its client anew, which as a static member costs no rebalance. Safe for any thread.
 */
final class FetchBudget {
  /** With less than this, fetching one record at a time begins. */
  private static final long MIN_SHARE = 128L << 10;

  /** More than this makes nothing faster. */
  private static final long MAX_SHARE = 32L << 20;

  /** Nor does a larger fetch. */
  private static final long MAX_FETCH = 4L << 20;

  /**
   * A share that is off by this factor is dealt anew, which costs a client. When many members start
   * one after the other the first ones' shares are too large for a while; dealt anew at each
   * halving, two hundred starts would open some six hundred clients. What is granted in all is then
   * up to 2.4 times the total.
   */
  private static final int TOLERANCE = 4;

  private final long total;

  /** The members, each with what it is told when its share is off; guarded by this object. */
  private final Map<Object, Runnable> members = new HashMap<>();

  private final Map<Object, Long> granted = new HashMap<>();

  FetchBudget(long total) {
    this.total = total;
  }

  /** A quarter of the heap. */
  static FetchBudget ofHeap() {
    return new FetchBudget(Runtime.getRuntime().maxMemory() / 4);
  }

  /**
   * A member is there; the others' shares shrink.
   *
   * @param onResize told when the member should open its client anew
   */
  void join(Object member, Runnable onResize) {
    synchronized (this) {
      members.put(member, onResize);
    }
    tellOff();
  }

  /** A member has gone; the others' shares grow. */
  void leave(Object member) {
    synchronized (this) {
      members.remove(member);
      granted.remove(member);
    }
    tellOff();
  }

  /** The share of a member that opens its client now. */
  synchronized Share grant(Object member) {
    long fair = fair();
    granted.put(member, fair);
    return new Share(fair);
  }

  private long fair() {
    return Math.clamp(total / Math.max(1, members.size()), MIN_SHARE, MAX_SHARE);
  }

  private void tellOff() {
    Map<Object, Runnable> off = new HashMap<>();
    synchronized (this) {
      long fair = fair();
      granted.forEach((member, share) -> {
        boolean tooLarge = share > fair * TOLERANCE;
        boolean tooSmall = share * TOLERANCE < fair;
        var tell = members.get(member);
        if ((tooLarge || tooSmall) && tell != null) {
          off.put(member, tell);
        }
      });
    }
    off.values().forEach(Runnable::run);
  }

  /**
   * What one member may hold while one broker leads its partitions: a fetch lies in the client
   * until it is polled, and twice that, with what surrounds a record, are the records that wait for
   * the sinks and those of the poll that found a little room left. That is 0.85 of the share, so
   * that members whose sinks are all stuck fill a fifth of the heap, and half of it where their
   * shares are as far off as is tolerated. Each further broker adds a fetch.
   *
   * @param bytes all of it
   */
  record Share(long bytes) {
    /** What one fetch may bring, over all partitions. */
    int fetchBytes() {
      return (int) Math.min(bytes / 5, MAX_FETCH);
    }

    /** What one fetch may bring of one partition. */
    int fetchBytesPerPartition() {
      return Math.max(fetchBytes() / 2, 16 << 10);
    }

    /** What may wait for the sinks before nothing more is fetched. */
    long queueBytes() {
      return bytes / 8;
    }
  }
}
