package io.kafkafetch.adapter.processors.database;

/** Well-formed UTF-8 as PostgreSQL understands it: RFC 3629, and no NUL. */
final class Utf8 {
  private Utf8() {}

  /** Whether PostgreSQL takes all of these bytes as text. */
  static boolean isText(byte[] bytes) {
    int at = 0;
    while (at < bytes.length) {
      int length = bytes[at] > 0 ? 1 : sequence(bytes, at);
      if (length == 0) {
        return false;
      }
      at += length;
    }
    return true;
  }

  /** The length of the multi-byte sequence that begins at {@code at}; 0 when there is none. */
  static int sequence(byte[] bytes, int at) {
    int lead = bytes[at] & 0xff;
    if (lead >= 0xc2 && lead <= 0xdf) {
      return follow(bytes, at, 1, 0x80, 0xbf);
    }
    if (lead >= 0xe0 && lead <= 0xef) {
      // Neither overlong forms nor surrogates.
      return follow(bytes, at, 2, lead == 0xe0 ? 0xa0 : 0x80, lead == 0xed ? 0x9f : 0xbf);
    }
    if (lead >= 0xf0 && lead <= 0xf4) {
      return follow(bytes, at, 3, lead == 0xf0 ? 0x90 : 0x80, lead == 0xf4 ? 0x8f : 0xbf);
    }
    return 0;
  }

  private static int follow(byte[] bytes, int at, int count, int firstMin, int firstMax) {
    if (bytes.length - at <= count) {
      return 0;
    }
    int first = bytes[at + 1] & 0xff;
    if (first < firstMin || first > firstMax) {
      return 0;
    }
    for (int i = 2; i <= count; i++) {
      if ((bytes[at + i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    return count + 1;
  }
}
