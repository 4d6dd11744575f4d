package io.kafkafetch.events;

/** Where to begin in a partition that has no committed offset, or whose offset was deleted. */
public enum AutoOffsetReset {
  /** At the oldest record. */
  EARLIEST("earliest"),
  /** At the end: only records that come later. */
  LATEST("latest"),
  /** Nowhere: consuming throws, unless {@link TypedConsumer#seek} has said where. */
  NONE("none");

  private final String label;

  AutoOffsetReset(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }
}
