package io.kafkafetch.adapter.http.produce;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kafkafetch.adapter.http.problem.HttpError;
import io.kafkafetch.adapter.http.problem.ProblemException;
import io.kafkafetch.adapter.http.server.Exchange;
import io.kafkafetch.application.driving.IdempotencyKey;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** The {@code Idempotency-Key} of a request (draft-ietf-httpapi-idempotency-key-header). */
final class RepeatKey {
  private static final String HEADER = "Idempotency-Key";

  private RepeatKey() {}

  /** The key and what it stands for, when the caller sent one. */
  static Optional<IdempotencyKey> of(Exchange exchange, byte[] body) {
    return exchange
        .header(HEADER)
        .map(value -> {
          IdempotencyKey.violation(value)
              .ifPresent(violation -> {
                throw new ProblemException(HttpError.BAD_REQUEST, HEADER + " " + violation + ".");
              });
          return new IdempotencyKey(value, fingerprint(exchange, body));
        });
  }

  /** A stream of any length cannot be remembered. */
  static void refuse(Exchange exchange) {
    if (exchange.header(HEADER).isPresent()) {
      throw new ProblemException(
          HttpError.BAD_REQUEST, HEADER + " is not accepted with application/x-ndjson.");
    }
  }

  private static String fingerprint(Exchange exchange, byte[] body) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(exchange.path().getBytes(UTF_8));
      digest.update((byte) 0);
      return HexFormat.of().formatHex(digest.digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
