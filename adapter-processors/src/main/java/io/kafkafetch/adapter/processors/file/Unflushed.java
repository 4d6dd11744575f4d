package io.kafkafetch.adapter.processors.file;

/** Whether one sink wrote what is not yet safe, and since when. Owned by the sink's thread. */
final class Unflushed {
  private boolean any;
  private long losses;

  /** The sink wrote, when the file had lost this often. */
  void add(long lossesSoFar) {
    if (!any) {
      losses = lossesSoFar;
    }
    any = true;
  }

  boolean any() {
    return any;
  }

  /** Whether some of it is gone, now that the file lost this often. */
  boolean isLost(long lossesSoFar) {
    return any && losses != lossesSoFar;
  }

  /** It is safe, or it comes again. */
  void clear() {
    any = false;
  }
}
