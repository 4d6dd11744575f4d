package io.kafkafetch.adapter.processors.http;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which headers a configuration may set. */
final class HeaderRules {
  /** A field name (RFC 9110, section 5.1). */
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}");

  /** A field value without line breaks and other control characters (section 5.5). */
  private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e\\t]*");

  /** They belong to the connection or frame the message (section 7.6.1, RFC 9112 section 6). */
  private static final Set<String> OF_THE_CONNECTION =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "http2-settings",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /** They are this processor's own, so that a receiver can rely on them. */
  private static final Set<String> OURS =
      Set.of("idempotency-key", "webhook-id", "webhook-signature", "webhook-timestamp");

  private HeaderRules() {}

  /** What is wrong with a header, in words that do not repeat its value. */
  static Optional<String> violation(String name, String value) {
    var lower = name.toLowerCase(Locale.ROOT);
    if (!NAME.matcher(name).matches()) {
      return Optional.of("has a name that is no HTTP header name");
    }
    if (OF_THE_CONNECTION.contains(lower)) {
      return Optional.of(
          "must not set " + name + ", which belongs to the connection and is set by the server");
    }
    if (OURS.contains(lower) || lower.startsWith("kafka-")) {
      return Optional.of("must not set " + name + ", which every request carries anyway");
    }
    if (!VALUE.matcher(value).matches() || !value.equals(value.strip())) {
      return Optional.of(
          "must give " + name + " a value of printable ASCII characters without spaces around it");
    }
    return Optional.empty();
  }

  /** Whether another origin may see it too, after a redirect: it says nothing secret. */
  static boolean mayFollowToAnotherOrigin(String name) {
    var lower = name.toLowerCase(Locale.ROOT);
    return OURS.contains(lower)
        || lower.startsWith("kafka-")
        || Set.of("content-type", "accept", "user-agent").contains(lower);
  }
}
