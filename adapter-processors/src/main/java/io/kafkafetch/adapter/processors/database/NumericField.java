package io.kafkafetch.adapter.processors.database;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The binary form of {@code numeric}: digits of base 10,000 with a weight, a sign and the scale to
 * show. Source: PostgreSQL's numeric_recv.
 */
final class NumericField {
  private static final int MAX_WEIGHT = 131_072;
  private static final int MAX_SCALE = 16_383;
  private static final int DIGITS = 4;
  private static final BigInteger BASE = BigInteger.valueOf(10_000);
  private static final int NEGATIVE = 0x4000;

  private NumericField() {}

  /** Writes the field; false when {@code numeric} cannot hold the number. */
  static boolean write(BigDecimal number, RowBuffer out) {
    if (number.scale() > MAX_SCALE || (long) number.precision() - number.scale() > MAX_WEIGHT) {
      return false;
    }
    int scale = Math.max(0, number.scale());
    // Aligns the decimal point with a border between two digits of base 10,000.
    int fractionDigits = (scale + DIGITS - 1) / DIGITS;
    var rest = number.setScale(fractionDigits * DIGITS).unscaledValue().abs();
    var digits = new short[rest.bitLength() / 13 + 2];
    int first = digits.length;
    while (rest.signum() != 0) {
      var split = rest.divideAndRemainder(BASE);
      digits[--first] = split[1].shortValue();
      rest = split[0];
    }
    int count = digits.length - first;
    out.int32(8 + 2 * count);
    out.int16(count);
    out.int16(count - 1 - fractionDigits);
    out.int16(number.signum() < 0 ? NEGATIVE : 0);
    out.int16(scale);
    for (int i = first; i < digits.length; i++) {
      out.int16(digits[i]);
    }
    return true;
  }
}
