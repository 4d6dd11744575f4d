package io.kafkafetch.adapter.processors.http;

import org.apache.hc.core5.http.HttpException;

/**
 * Finds where the body of an answer ends (RFC 9112, sections 6 and 7), whatever pieces it comes in.
 * What it says is nobody's business.
 */
final class AnswerBody {
  private static final int MAX_SIZE_DIGITS = 15;

  private enum Part {
    DATA,
    CHUNK_SIZE,
    CHUNK_EXTENSION,
    CHUNK,
    CHUNK_END,
    TRAILER,
    UNTIL_CLOSED,
    OVER
  }

  private Part part = Part.OVER;
  private long left;
  private int digits;
  private boolean blankLine;

  /** The body that follows this head is looked at from now on. */
  void begin(AnswerHead head) {
    if (head.isBodiless()) {
      part = Part.OVER;
    } else if (head.isEncoded()) {
      part = head.isChunked() ? Part.CHUNK_SIZE : Part.UNTIL_CLOSED;
    } else {
      left = head.length();
      part = left < 0 ? Part.UNTIL_CLOSED : left == 0 ? Part.OVER : Part.DATA;
    }
    digits = 0;
  }

  boolean isOver() {
    return part == Part.OVER;
  }

  /** Whether it is whole when the server hangs up now, as such a body ends. */
  boolean mayEndHere() {
    return part == Part.OVER || part == Part.UNTIL_CLOSED;
  }

  /** Where what is no longer of the body begins, or {@code end}. */
  int take(byte[] bytes, int from, int end) throws HttpException {
    int at = from;
    while (at < end && part != Part.OVER) {
      switch (part) {
        case DATA, CHUNK -> at += skip(end - at);
        case UNTIL_CLOSED -> at = end;
        case CHUNK_SIZE, CHUNK_EXTENSION -> sizeLine(bytes[at++]);
        case CHUNK_END -> chunkEnd(bytes[at++]);
        case TRAILER -> trailer(bytes[at++]);
        case OVER -> throw new IllegalStateException("Nothing belongs to a body that is over");
      }
    }
    return at;
  }

  private int skip(int there) {
    int skipped = (int) Math.min(left, there);
    left -= skipped;
    if (left == 0) {
      part = part == Part.DATA ? Part.OVER : Part.CHUNK_END;
    }
    return skipped;
  }

  private void sizeLine(byte sign) throws HttpException {
    if (sign == '\n') {
      if (digits == 0) {
        throw new HttpException("An answer has a chunk without a size");
      }
      part = left == 0 ? Part.TRAILER : Part.CHUNK;
      blankLine = true;
      digits = 0;
      return;
    }
    if (part == Part.CHUNK_EXTENSION) {
      return;
    }
    int digit = Character.digit(sign, 16);
    if (digit >= 0 && digits < MAX_SIZE_DIGITS) {
      left = digits == 0 ? digit : left * 16 + digit;
      digits++;
    } else if (digits > 0 && (sign == ';' || sign == ' ' || sign == '\t' || sign == '\r')) {
      part = Part.CHUNK_EXTENSION;
    } else {
      throw new HttpException("An answer has a chunk whose size is no number");
    }
  }

  private void chunkEnd(byte sign) throws HttpException {
    if (sign == '\n') {
      part = Part.CHUNK_SIZE;
    } else if (sign != '\r') {
      throw new HttpException("An answer has a chunk that is longer than its size");
    }
  }

  private void trailer(byte sign) {
    if (sign == '\n') {
      part = blankLine ? Part.OVER : Part.TRAILER;
      blankLine = true;
    } else if (sign != '\r') {
      blankLine = false;
    }
  }
}
