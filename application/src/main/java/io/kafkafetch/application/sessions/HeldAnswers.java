package io.kafkafetch.application.sessions;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds the bytes of answers that all sessions keep at hand; what is not kept is read again. */
final class HeldAnswers {
  private final long limit;
  private final AtomicLong held = new AtomicLong();

  HeldAnswers(long limit) {
    this.limit = limit;
  }

  /** A sixteenth of the heap. */
  static HeldAnswers ofHeap() {
    return new HeldAnswers(Runtime.getRuntime().maxMemory() / 16);
  }

  /** Takes room for an answer, or none and says no. */
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

  long held() {
    return held.get();
  }
}
