package io.kafkafetch.benchmarks.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/**
 * The records of all questions: JSON objects of 200 bytes, numbered, with fields of several types.
 */
public final class Records {
  /** The length of every value. */
  public static final int SIZE = 200;

  private static final int NUMBER_AT = 6;
  private static final int DIGITS = 10;
  private static final byte[] TEMPLATE = template();

  private Records() {}

  /** The value of a record. */
  public static byte[] value(int number) {
    var value = new byte[SIZE];
    write(number, value, 0);
    return value;
  }

  /** Writes the value of a record. */
  static void write(int number, byte[] to, int begin) {
    System.arraycopy(TEMPLATE, 0, to, begin, SIZE);
    int left = number;
    for (int at = begin + NUMBER_AT + DIGITS - 1; left > 0; at--) {
      to[at] = (byte) ('0' + left % 10);
      left /= 10;
    }
    // JSON has no numbers with zeros before them.
    int last = begin + NUMBER_AT + DIGITS - 1;
    for (int at = begin + NUMBER_AT; at < last && to[at] == '0'; at++) {
      to[at] = ' ';
    }
  }

  /** Its key. */
  public static String key(int number) {
    return "customer-" + number;
  }

  private static byte[] template() {
    var text =
        "{\"id\":0000000000,\"customer\":\"c-7f3a91\",\"amount\":129.95,\"currency\":\"EUR\","
            + "\"paid\":true,\"items\":[{\"sku\":\"TEA-04\",\"count\":2},{\"sku\":\"CUP-11\",\"count\":1}],"
            + "\"note\":\"\"}";
    var template = Arrays.copyOf(text.getBytes(ISO_8859_1), SIZE);
    int free = text.length() - 2;
    Arrays.fill(template, free, SIZE - 2, (byte) 'x');
    template[SIZE - 2] = '"';
    template[SIZE - 1] = '}';
    return template;
  }
}
