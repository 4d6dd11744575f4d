package io.kafkafetch.benchmarks.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.function.LongConsumer;

/** Records that say when they were sent, in nanoseconds of this process. */
public final class Stamps {
  private static final int DIGITS = 19;

  private Stamps() {}

  /** A record that was sent then. */
  public static byte[] value(long nanos) {
    var value = Records.value(0);
    var digits = ("%0" + DIGITS + "d").formatted(nanos).getBytes(ISO_8859_1);
    System.arraycopy(digits, 0, value, Records.SIZE - 2 - DIGITS, DIGITS);
    return value;
  }

  /** Finds every stamp in a text: nothing else in it is a number of so many digits. */
  public static void find(byte[] text, int length, LongConsumer found) {
    int digits = 0;
    long number = 0;
    for (int at = 0; at < length; at++) {
      if (text[at] >= '0' && text[at] <= '9') {
        number = digits == 0 ? text[at] - '0' : number * 10 + text[at] - '0';
        digits++;
        if (digits == DIGITS) {
          found.accept(number);
        }
      } else {
        digits = 0;
      }
    }
  }
}
