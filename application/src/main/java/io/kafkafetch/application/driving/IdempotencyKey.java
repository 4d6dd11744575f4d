package io.kafkafetch.application.driving;

import java.util.Optional;

/**
 * What makes a repeated request the same request.
 *
 * @param value chosen by the caller
 * @param fingerprint a digest of everything that was asked for
 */
public record IdempotencyKey(String value, String fingerprint) {
  private static final int LONGEST = 255;

  /** What is wrong with a key; empty when nothing is. */
  public static Optional<String> violation(String value) {
    boolean legal =
        !value.isBlank()
            && value.length() <= LONGEST
            && value.chars().allMatch(c -> c >= ' ' && c <= '~');
    return legal
        ? Optional.empty()
        : Optional.of("must be 1 to " + LONGEST + " printable ASCII characters");
  }
}
