package io.kafkafetch.domain.processor;

/**
 * Which part of a configuration value is a secret, and reads {@code ***} wherever it could show.
 */
public enum Redaction {
  /** Nothing of it. */
  NONE,
  /** All of it. */
  WHOLE,
  /** The password of a URL or DSN: {@code postgresql://user:***@host/db}. */
  URL_PASSWORD,
  /** The values of a map of HTTP headers, but for those that are known to carry no secret. */
  HEADER_VALUES
}
