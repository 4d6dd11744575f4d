package io.kafkafetch.application.driving;

import java.time.Duration;

/**
 * A session's records as they come, for one reader at a time: while it is open, no other poll is
 * taken, and the session does not expire. Another tail takes over from it. It commits nothing.
 */
public interface SessionTail extends AutoCloseable {
  /**
   * The next records; none when {@code wait} is over.
   *
   * @throws Refusal as a poll does
   */
  SessionAnswer next(Duration wait);

  @Override
  void close();
}
