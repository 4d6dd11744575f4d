package io.kafkafetch.adapter.http.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Walks over JSON (RFC 8259, in UTF-8) where it lies, so that a value can be passed on byte for
 * byte as its sender wrote it: no number is rounded, no key moves. Strict: whatever it accepts is
 * well-formed, UTF-8 included. Belongs to one thread.
 */
public final class JsonScanner {
  /** What {@link #peek} says when nothing is left. */
  public static final int END = -1;

  private final int maxDepth;
  private byte[] in;
  private int at;
  private int end;
  private boolean escaped;

  /** Walks over a part of {@code in}. */
  public JsonScanner(byte[] in, int from, int to) {
    this(in, from, to, StrictJson.MAX_DEPTH);
  }

  /** The same, where arrays and objects may be nested so deep. */
  public JsonScanner(byte[] in, int from, int to, int maxDepth) {
    this.maxDepth = maxDepth;
    this.in = in;
    this.at = from;
    this.end = to;
  }

  /** Begins anew, with other bytes. */
  public JsonScanner over(byte[] other, int from, int to) {
    in = other;
    at = from;
    end = to;
    return this;
  }

  /** Whether bytes are one JSON value, be there space around it. */
  public static boolean isJson(byte[] bytes) {
    return new JsonScanner(bytes, 0, bytes.length).isOneValue();
  }

  /** Whether what lies ahead is one JSON value, be there space around it. */
  public boolean isOneValue() {
    try {
      skipValue();
      return peek() == END;
    } catch (MalformedJsonException e) {
      return false;
    }
  }

  /** Goes back, or on, to a place where it stood before. */
  public void moveTo(int position) {
    at = position;
  }

  /** Where it stands. */
  public int position() {
    return at;
  }

  /** The byte that comes next after any space, or {@link #END}. */
  public int peek() {
    while (at < end) {
      byte b = in[at];
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return b;
      }
      at++;
    }
    return END;
  }

  /** Steps over that byte when it comes next. */
  public boolean take(char wanted) {
    if (peek() != wanted) {
      return false;
    }
    at++;
    return true;
  }

  /** Steps over that byte, which must come next. */
  public void expect(char wanted) {
    if (!take(wanted)) {
      throw malformed();
    }
  }

  /** Steps over a value of any kind. */
  public void skipValue() {
    skipValue(0);
  }

  private void skipValue(int depth) {
    switch (peek()) {
      case '"' -> skipString();
      case '{' -> skipObject(depth + 1);
      case '[' -> skipArray(depth + 1);
      case 't' -> skipWord("true");
      case 'f' -> skipWord("false");
      case 'n' -> skipWord("null");
      default -> skipNumber();
    }
  }

  private void skipObject(int depth) {
    requireDepth(depth);
    at++;
    if (take('}')) {
      return;
    }
    do {
      if (peek() != '"') {
        throw malformed();
      }
      skipString();
      expect(':');
      skipValue(depth);
    } while (take(','));
    expect('}');
  }

  private void skipArray(int depth) {
    requireDepth(depth);
    at++;
    if (take(']')) {
      return;
    }
    do {
      skipValue(depth);
    } while (take(','));
    expect(']');
  }

  private void requireDepth(int depth) {
    if (depth > maxDepth) {
      throw malformed();
    }
  }

  /**
   * Steps over {@code true}, {@code false} or {@code null} when that comes next.
   *
   * @throws MalformedJsonException when something else begins with the same letter
   */
  public void skipWord(String word) {
    peek();
    if (end - at < word.length()) {
      throw malformed();
    }
    for (int i = 0; i < word.length(); i++) {
      if (in[at + i] != word.charAt(i)) {
        throw malformed();
      }
    }
    at += word.length();
  }

  /** Steps over a number. */
  public void skipNumber() {
    if (peek() == '-') {
      at++;
    }
    if (at < end && in[at] == '0') {
      at++;
    } else {
      skipDigits();
    }
    if (at < end && in[at] == '.') {
      at++;
      skipDigits();
    }
    if (at < end && (in[at] == 'e' || in[at] == 'E')) {
      at++;
      if (at < end && (in[at] == '+' || in[at] == '-')) {
        at++;
      }
      skipDigits();
    }
  }

  private void skipDigits() {
    int from = at;
    while (at < end && in[at] >= '0' && in[at] <= '9') {
      at++;
    }
    if (at == from) {
      throw malformed();
    }
  }

  /** Steps over a text, which comes next. */
  public void skipString() {
    peek();
    escaped = false;
    at++;
    at = PlainText.end(in, at, end);
    while (at < end) {
      byte b = in[at];
      if (b == '"') {
        at++;
        return;
      }
      if (b == '\\') {
        escaped = true;
        skipEscape();
        at = PlainText.end(in, at, end);
      } else if (b < 0) {
        at = Utf8.skip(in, at, end);
        if (at < 0) {
          at = end;
          throw malformed();
        }
      } else if (b < 0x20) {
        throw malformed();
      } else {
        at++;
      }
    }
    throw malformed();
  }

  private void skipEscape() {
    if (at + 1 >= end) {
      throw malformed();
    }
    switch (in[at + 1]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at += 2;
      case 'u' -> {
        if (at + 6 > end) {
          throw malformed();
        }
        for (int i = at + 2; i < at + 6; i++) {
          if (Character.digit(in[i], 16) < 0) {
            throw malformed();
          }
        }
        at += 6;
      }
      default -> throw malformed();
    }
  }

  /** Whether the text that was last stepped over has escapes. */
  public boolean wasEscaped() {
    return escaped;
  }

  /** The text between its quotes, from {@code from} to where it stands, escapes resolved. */
  public String textFrom(int from) {
    var raw = new String(in, from + 1, at - from - 2, UTF_8);
    return escaped ? Escapes.resolved(raw) : raw;
  }

  /** Whether what lies from {@code from} to where it stands is this name in its quotes. */
  public boolean isName(int from, byte[] name) {
    return escaped
        ? textFrom(from).equals(new String(name, UTF_8))
        : Arrays.equals(in, from + 1, at - 1, name, 0, name.length);
  }

  /** Whether a text can be written as UTF-8: an escape can name half a surrogate pair. */
  public static boolean isWhole(String text) {
    int at = 0;
    while (at < text.length()) {
      int character = text.codePointAt(at);
      if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
        return false;
      }
      at += Character.charCount(character);
    }
    return true;
  }

  /** A copy of what lies from {@code from} to where it stands. */
  public byte[] copyFrom(int from) {
    return Arrays.copyOfRange(in, from, at);
  }

  /** What is not JSON, said with the place where that was seen. */
  public MalformedJsonException malformed() {
    return new MalformedJsonException(at);
  }
}
