package io.kafkafetch.domain.processor;

/**
 * How far a sink got in one partition.
 *
 * @param generation the replay generation: it rises whenever offsets are moved on purpose, so that
 *     a wanted replay is told apart from a duplicate
 * @param nextOffset the offset of the first record that the sink does not have
 */
public record Progress(long generation, long nextOffset) {
  public Progress {
    if (generation < 0 || nextOffset < 0) {
      throw new IllegalArgumentException(
          "Generation and next offset are not negative: " + generation + ", " + nextOffset);
    }
  }

  /** The same generation, further on. */
  public Progress at(long offset) {
    return new Progress(generation, offset);
  }
}
