package io.kafkafetch.adapter.http.json;

/** What a backslash stands for in a JSON text (RFC 8259, section 7). */
final class Escapes {
  private Escapes() {}

  /** A text with its escapes resolved, which must be well-formed. */
  static String resolved(String raw) {
    var text = new StringBuilder(raw.length());
    int at = 0;
    while (at < raw.length()) {
      char c = raw.charAt(at++);
      if (c != '\\') {
        text.append(c);
        continue;
      }
      c = raw.charAt(at++);
      switch (c) {
        case 'b' -> text.append('\b');
        case 'f' -> text.append('\f');
        case 'n' -> text.append('\n');
        case 'r' -> text.append('\r');
        case 't' -> text.append('\t');
        case 'u' -> {
          text.append((char) Integer.parseInt(raw, at, at + 4, 16));
          at += 4;
        }
        default -> text.append(c);
      }
    }
    return text.toString();
  }
}
