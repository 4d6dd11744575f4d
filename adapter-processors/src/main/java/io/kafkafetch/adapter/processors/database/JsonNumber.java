package io.kafkafetch.adapter.processors.database;

/**
 * Numbers in JSON as {@code jsonb} keeps them: exactly, in a {@code numeric}. Source: PostgreSQL's
 * numeric_in.
 */
final class JsonNumber {
  /** Digits that {@code numeric} holds before the decimal point. */
  private static final int MAX_WEIGHT = 131_072;

  /** Digits that it holds after the decimal point. */
  private static final int MAX_SCALE = 16_383;

  /** Beyond it PostgreSQL refuses an exponent, even that of a zero. */
  private static final long MAX_EXPONENT = Integer.MAX_VALUE / 2;

  /** Numbers of fewer characters, without an exponent, always fit. */
  private static final int SHORT = 1000;

  private JsonNumber() {}

  /** Where the number that begins at {@code start} ends; 0 when jsonb takes none there. */
  static int end(byte[] text, int start) {
    int whole = text[start] == '-' ? start + 1 : start;
    int point = whole < text.length && text[whole] == '0' ? whole + 1 : digits(text, whole);
    if (point == whole) {
      return 0;
    }
    int end = point;
    if (is(text, point, '.')) {
      end = digits(text, point + 1);
      if (end == point + 1) {
        return 0;
      }
    }
    if (!is(text, end, 'e')) {
      return end - start < SHORT || fits(text, whole, point, end, 0) ? end : 0;
    }
    int exponent = end + 1;
    boolean negative = is(text, exponent, '-');
    int first = negative || is(text, exponent, '+') ? exponent + 1 : exponent;
    int last = digits(text, first);
    if (last == first) {
      return 0;
    }
    long value = value(text, first, last);
    return fits(text, whole, point, end, negative ? -value : value) ? last : 0;
  }

  /**
   * Whether {@code numeric} holds the number.
   *
   * @param whole where its digits begin
   * @param point where its decimal point is, or would be
   * @param end where its digits end
   */
  private static boolean fits(byte[] text, int whole, int point, int end, long exponent) {
    if (Math.abs(exponent) > MAX_EXPONENT) {
      return false;
    }
    int fraction = Math.max(0, end - point - 1);
    if (fraction - exponent > MAX_SCALE) {
      return false;
    }
    if (text[whole] != '0') {
      return point - whole - 1 + exponent < MAX_WEIGHT;
    }
    int significant = point + 1;
    while (significant < end && text[significant] == '0') {
      significant++;
    }
    return significant >= end || point - significant + exponent < MAX_WEIGHT;
  }

  private static long value(byte[] text, int first, int last) {
    long value = 0;
    for (int i = first; i < last; i++) {
      value = Math.min(MAX_EXPONENT + 1, value * 10 + text[i] - '0');
    }
    return value;
  }

  private static boolean is(byte[] text, int at, char lower) {
    return at < text.length && (text[at] == lower || text[at] == Character.toUpperCase(lower));
  }

  private static int digits(byte[] text, int from) {
    int at = from;
    while (at < text.length && text[at] >= '0' && text[at] <= '9') {
      at++;
    }
    return at;
  }
}
