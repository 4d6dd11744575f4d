package io.kafkafetch.adapter.processors.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Optional;
import org.apache.hc.core5.http.HttpException;
import org.jspecify.annotations.Nullable;

/**
 * What the head of an answer says (RFC 9112, sections 4 to 7), read from its bytes where they lie:
 * of what nobody asks for, nothing is made. Lines may end without a carriage return and be folded,
 * since recipients are asked to bear with both.
 */
final class AnswerHead {
  private static final int STATUS_AT = 9;
  private static final int MAX_LENGTH_DIGITS = 18;

  private final byte[] bytes;
  private int status;
  private boolean old;
  private long length = -1;
  private boolean encoded;
  private boolean chunked;
  private boolean asksToClose;
  private boolean asksToKeep;
  private @Nullable String location;
  private @Nullable String retryAfter;

  private AnswerHead(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The head in those bytes, the empty line at its end included.
   *
   * @throws HttpException when it is none, or contradicts itself
   */
  static AnswerHead of(byte[] bytes, int from, int end) throws HttpException {
    var head = new AnswerHead(bytes);
    int lineEnd = head.lineEnd(from, end);
    head.statusLine(from, lineEnd);
    for (int at = lineEnd + 1; at < end; at = lineEnd + 1) {
      lineEnd = head.lineEnd(at, end);
      if (head.trimmed(at, lineEnd) > at) {
        head.field(at, lineEnd);
      }
    }
    return head;
  }

  int status() {
    return status;
  }

  /** Whether another answer follows to the same request. */
  boolean isInterim() {
    return status < 200;
  }

  /** Whether no body follows, whatever the head says of its length. */
  boolean isBodiless() {
    return status == 204 || status == 304;
  }

  /** The length of the body; negative when it is not said. */
  long length() {
    return length;
  }

  /** Whether there is a Transfer-Encoding, which counts for more than a length. */
  boolean isEncoded() {
    return encoded;
  }

  /** Whether the body comes in chunks. */
  boolean isChunked() {
    return chunked;
  }

  /** Whether the server lets another request follow on the same connection. */
  boolean isPersistent() {
    boolean doubtful = encoded && (old || length >= 0);
    boolean unexpected = isBodiless() && (encoded || length > 0);
    return !asksToClose && (!old || asksToKeep) && !doubtful && !unexpected;
  }

  Answer answer() {
    return new Answer(status, Optional.ofNullable(location), Optional.ofNullable(retryAfter));
  }

  /** Where the line break is that ends the line, with the lines that continue it. */
  private int lineEnd(int from, int end) {
    int at = from;
    while (bytes[at] != '\n' || (at + 1 < end && isBlank(bytes[at + 1]))) {
      at++;
    }
    return at;
  }

  private void statusLine(int from, int end) throws HttpException {
    int to = trimmed(from, end);
    boolean http =
        to - from >= STATUS_AT + 3
            && matches(from, from + 7, "http/1.")
            && isDigit(bytes[from + 7])
            && bytes[from + 8] == ' '
            && (to == from + STATUS_AT + 3 || isBlank(bytes[from + STATUS_AT + 3]));
    if (!http) {
      throw new HttpException("An answer does not begin as HTTP/1 does");
    }
    old = bytes[from + 7] == '0';
    for (int at = from + STATUS_AT; at < from + STATUS_AT + 3; at++) {
      if (!isDigit(bytes[at])) {
        throw new HttpException("An answer has a status that is no number");
      }
      status = status * 10 + bytes[at] - '0';
    }
    if (status < 100) {
      throw new HttpException("An answer has a status below 100");
    }
  }

  private void field(int from, int end) throws HttpException {
    int colon = from;
    while (bytes[colon] != ':') {
      if (++colon >= end) {
        throw new HttpException("An answer has a header without a colon");
      }
    }
    int nameEnd = trimmed(from, colon);
    int value = colon + 1;
    int valueEnd = trimmed(value, end);
    while (value < valueEnd && isSpace(bytes[value])) {
      value++;
    }
    field(from, nameEnd, value, valueEnd);
  }

  /** By the length of the name first: most headers are none of these. */
  private void field(int from, int nameEnd, int value, int valueEnd) throws HttpException {
    switch (nameEnd - from) {
      case 8 -> {
        if (location == null && matches(from, nameEnd, "location")) {
          location = text(value, valueEnd);
        }
      }
      case 10 -> {
        if (matches(from, nameEnd, "connection")) {
          asksToClose |= hasToken(value, valueEnd, "close");
          asksToKeep |= hasToken(value, valueEnd, "keep-alive");
        }
      }
      case 11 -> {
        if (retryAfter == null && matches(from, nameEnd, "retry-after")) {
          retryAfter = text(value, valueEnd);
        }
      }
      case 14 -> {
        if (matches(from, nameEnd, "content-length")) {
          length(value, valueEnd);
        }
      }
      case 17 -> {
        if (matches(from, nameEnd, "transfer-encoding")) {
          encoded = true;
          chunked = matches(lastToken(value, valueEnd), valueEnd, "chunked");
        }
      }
      default -> {
        // Nobody asks for it.
      }
    }
  }

  private void length(int from, int end) throws HttpException {
    long said = from == end || end - from > MAX_LENGTH_DIGITS ? -1 : 0;
    for (int at = from; at < end && said >= 0; at++) {
      said = isDigit(bytes[at]) ? said * 10 + bytes[at] - '0' : -1;
    }
    if (said < 0 || (length >= 0 && length != said)) {
      throw new HttpException("An answer has a Content-Length that is no length");
    }
    length = said;
  }

  private boolean hasToken(int from, int end, String wanted) {
    for (int at = from; at < end; ) {
      int comma = at;
      while (comma < end && bytes[comma] != ',') {
        comma++;
      }
      int first = at;
      while (first < comma && isSpace(bytes[first])) {
        first++;
      }
      if (matches(first, trimmed(first, comma), wanted)) {
        return true;
      }
      at = comma + 1;
    }
    return false;
  }

  private int lastToken(int from, int end) {
    int at = end;
    while (at > from && bytes[at - 1] != ',') {
      at--;
    }
    while (at < end && isSpace(bytes[at])) {
      at++;
    }
    return at;
  }

  private boolean matches(int from, int end, String lower) {
    if (end - from != lower.length()) {
      return false;
    }
    for (int i = 0; i < lower.length(); i++) {
      byte sign = bytes[from + i];
      if ((sign >= 'A' && sign <= 'Z' ? sign + 32 : sign) != lower.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The same end without the white space before it. */
  private int trimmed(int from, int end) {
    int to = end;
    while (to > from && isSpace(bytes[to - 1])) {
      to--;
    }
    return to;
  }

  private String text(int from, int end) {
    var text = new String(bytes, from, end - from, ISO_8859_1);
    return text.indexOf('\n') < 0 ? text : text.replaceAll("\\s+", " ");
  }

  private static boolean isBlank(byte sign) {
    return sign == ' ' || sign == '\t';
  }

  private static boolean isSpace(byte sign) {
    return isBlank(sign) || sign == '\r' || sign == '\n';
  }

  private static boolean isDigit(byte sign) {
    return sign >= '0' && sign <= '9';
  }
}
