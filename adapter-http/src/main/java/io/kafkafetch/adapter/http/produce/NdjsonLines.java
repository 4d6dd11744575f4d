package io.kafkafetch.adapter.http.produce;

import io.kafkafetch.adapter.http.json.PlainText;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts a stream into lines in one buffer, which grows up to the longest line that is accepted.
 * Belongs to one thread.
 */
final class NdjsonLines {
  /** As long as the body of a request for one record may be. */
  static final int LONGEST = 2 << 20;

  private static final int FIRST = 64 << 10;

  private final InputStream in;
  private final Runnable beforeReading;
  private byte[] buffer = new byte[FIRST];
  private int begin;
  private int filled;
  private int lineEnd;
  private boolean ended;
  private boolean tooLong;
  private long number;
  private long readings;

  /**
   * The lines of a stream.
   *
   * @param beforeReading runs each time before the stream is read, which may take long
   */
  NdjsonLines(InputStream in, Runnable beforeReading) {
    this.in = in;
    this.beforeReading = beforeReading;
  }

  /** Goes to the next line; false at the end. What the line before lay in is overwritten. */
  boolean next() throws IOException {
    tooLong = false;
    int searched = begin;
    while (true) {
      int newline = indexOfNewline(searched);
      if (newline >= 0) {
        lineEnd = newline;
        tooLong |= newline - begin > LONGEST;
        number++;
        return true;
      }
      searched = filled;
      if (ended) {
        lineEnd = filled;
        tooLong |= filled - begin > LONGEST;
        number++;
        // Of a last line that was too long nothing may be left, but it was there.
        return begin < filled || tooLong;
      }
      if (filled - begin > LONGEST) {
        // The line is known to be refused: only where it ends matters now.
        tooLong = true;
        filled = begin;
        searched = begin;
      }
      searched -= fill();
    }
  }

  /** Reads more; answers by how much everything was moved down to make room. */
  private int fill() throws IOException {
    int moved = 0;
    if (filled == buffer.length) {
      moved = begin;
      if (begin > 0) {
        System.arraycopy(buffer, begin, buffer, 0, filled - begin);
        filled -= begin;
        begin = 0;
      } else {
        buffer = Arrays.copyOf(buffer, buffer.length * 2);
      }
    }
    beforeReading.run();
    readings++;
    int read = in.read(buffer, filled, buffer.length - filled);
    if (read < 0) {
      ended = true;
    } else {
      filled += read;
    }
    return moved;
  }

  private int indexOfNewline(int from) {
    int newline = PlainText.newline(buffer, from, filled);
    return newline < filled ? newline : -1;
  }

  /** Steps behind the line. */
  void done() {
    begin = Math.min(lineEnd + 1, filled);
  }

  byte[] buffer() {
    return buffer;
  }

  int begin() {
    return begin;
  }

  int end() {
    return lineEnd;
  }

  /** Whether the line was too long to be kept. */
  boolean isTooLong() {
    return tooLong;
  }

  /** Counts from 1. */
  long number() {
    return number;
  }

  /** How often the stream was read, which may have taken long. */
  long readings() {
    return readings;
  }
}
