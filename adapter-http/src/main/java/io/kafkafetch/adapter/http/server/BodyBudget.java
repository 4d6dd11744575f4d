package io.kafkafetch.adapter.http.server;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds the bytes of request bodies that all requests together hold in memory. */
final class BodyBudget {
  private final long limit;
  private final AtomicLong held = new AtomicLong();

  BodyBudget(long limit) {
    this.limit = limit;
  }

  /** Takes so many bytes, or none and says no. Never waits: waiting bodies would hold theirs. */
  boolean take(long bytes) {
    if (held.addAndGet(bytes) <= limit) {
      return true;
    }
    held.addAndGet(-bytes);
    return false;
  }

  void giveBack(long bytes) {
    held.addAndGet(-bytes);
  }
}
