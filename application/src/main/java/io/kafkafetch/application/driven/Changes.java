package io.kafkafetch.application.driven;

/** News that what is wanted has changed, from any server. */
public interface Changes {
  /**
   * Calls {@code onChange} soon after each change, from a thread that must not be held up. Changes
   * that come together may be told once; while the store cannot be reached none are told, so that a
   * listener also looks by itself from time to time.
   *
   * @return close it to hear no more
   */
  Listening listen(Runnable onChange);

  /** A running subscription. */
  interface Listening extends AutoCloseable {
    @Override
    void close();
  }
}
