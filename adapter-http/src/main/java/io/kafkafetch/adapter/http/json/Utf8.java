package io.kafkafetch.adapter.http.json;

/** UTF-8 as RFC 3629 has it: the shortest form only, no surrogates, nothing above U+10FFFF. */
public final class Utf8 {
  private Utf8() {}

  /** Whether all bytes are UTF-8. */
  public static boolean isValid(byte[] bytes) {
    int at = 0;
    while (at < bytes.length) {
      if (bytes[at] >= 0) {
        at++;
      } else {
        at = skip(bytes, at, bytes.length);
        if (at < 0) {
          return false;
        }
      }
    }
    return true;
  }

  /** Steps over one character beyond ASCII; negative when the bytes are none. */
  static int skip(byte[] in, int at, int end) {
    int lead = in[at] & 0xff;
    int length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || at + length > end) {
      return -1;
    }
    int second = in[at + 1] & 0xff;
    int least = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    int most = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    if (second < least || second > most) {
      return -1;
    }
    for (int i = at + 2; i < at + length; i++) {
      if ((in[i] & 0xc0) != 0x80) {
        return -1;
      }
    }
    return at + length;
  }
}
