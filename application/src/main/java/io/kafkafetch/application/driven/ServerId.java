package io.kafkafetch.application.driven;

/** One server of the fleet; the same across its restarts, so that its members return at once. */
public record ServerId(String value) {
  @Override
  public String toString() {
    return value;
  }
}
