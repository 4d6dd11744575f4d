package io.kafkafetch.adapter.kafka;

/**
 * Bounds what all sessions together hold of Kafka: what their clients have fetched, by a share that
 * is decided when a session opens, and what their answers gather beyond one fetch, by a budget.
 * Safe for any thread.
 */
final class SessionMemory {
  private static final int MIN_SHARE = 16 << 10;
  private static final int MAX_SHARE = 1 << 20;

  /** Each session takes so small a part of what is left that the last one still gets some. */
  private static final int PART = 64;

  /** What its client has fetched, and what was read ahead of that for the next answer. */
  private static final int HELD_TWICE = 2;

  private final long fetches;
  private final long answers;
  private long fetching;
  private long answering;

  SessionMemory(long fetches, long answers) {
    this.fetches = fetches;
    this.answers = answers;
  }

  /** An eighth of the heap for each. */
  static SessionMemory ofHeap() {
    long part = Runtime.getRuntime().maxMemory() / 8;
    return new SessionMemory(part, part);
  }

  /** How many bytes one fetch of a new session may bring, over all partitions. */
  synchronized int open() {
    int share = Math.clamp((fetches - fetching) / PART / HELD_TWICE, MIN_SHARE, MAX_SHARE);
    fetching += (long) share * HELD_TWICE;
    return share;
  }

  /** The session holds nothing any more. */
  synchronized void close(int share) {
    fetching -= (long) share * HELD_TWICE;
  }

  /** Takes room for a part of an answer, or none and says no. */
  synchronized boolean take(long bytes) {
    if (answering + bytes > answers) {
      return false;
    }
    answering += bytes;
    return true;
  }

  synchronized void giveBack(long bytes) {
    answering -= bytes;
  }
}
