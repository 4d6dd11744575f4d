package io.kafkafetch.adapter.http.produce;

import java.util.concurrent.Semaphore;

/** How many blocks of results all requests together may keep for callers who read late. */
final class ResultBudget {
  private static final long MOST_BYTES = 64L << 20;
  private static final int SHARE_OF_HEAP = 16;

  private final Semaphore blocks =
      new Semaphore(
          (int)
              (Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP)
                  / ResultLog.BLOCK));

  boolean take() {
    return blocks.tryAcquire();
  }

  void giveBack(int count) {
    blocks.release(count);
  }
}
