package io.kafkafetch.application.driving;

/** Where a letter is in its dead-letter topic. */
public record DeadLetterPlace(int partition, long offset) {
  @Override
  public String toString() {
    return partition + "-" + offset;
  }
}
