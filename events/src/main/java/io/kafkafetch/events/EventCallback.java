package io.kafkafetch.events;

/**
 * What is done with each event.
 *
 * @param <T> the type of the events
 */
@FunctionalInterface
public interface EventCallback<T> {
  /**
   * Handles one event; the consumer goes on when it returns.
   *
   * @throws Exception if the event cannot be handled: it is logged, counted and skipped. Only an
   *     {@link InterruptedException} is not: it ends the consumption, and the event stays unhandled
   */
  void onEvent(T event) throws Exception;
}
