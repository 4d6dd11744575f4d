package io.kafkafetch.adapter.processors.file;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * When a file is finished and another begun.
 *
 * @param bytes a file that would grow beyond this is finished first
 * @param intervalMillis time is cut into windows of this length, counted from 1970 in UTC; a file
 *     is finished when the first line of a later window comes
 */
record Rotation(OptionalLong bytes, OptionalLong intervalMillis) {
  /**
   * Whether a file is to be finished before more is written.
   *
   * @param length its length
   * @param more about how many bytes are to be written
   * @param last when it was last written to
   */
  boolean isDue(long length, long more, Instant last, Instant now) {
    if (length == 0) {
      return false;
    }
    return (bytes.isPresent() && length + more > bytes.getAsLong())
        || (intervalMillis.isPresent() && window(last) < window(now));
  }

  private long window(Instant instant) {
    return Math.floorDiv(instant.toEpochMilli(), intervalMillis.orElse(1));
  }
}
