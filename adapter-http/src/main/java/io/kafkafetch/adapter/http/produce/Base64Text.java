package io.kafkafetch.adapter.http.produce;

import io.kafkafetch.application.driving.Violations;
import java.util.Base64;

/** Bytes that travel as text. */
final class Base64Text {
  private Base64Text() {}

  static byte[] decode(String text, String field, Violations violations) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      violations.add(field, "must be base64 (RFC 4648, section 4)");
      return new byte[0];
    }
  }
}
