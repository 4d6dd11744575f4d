package io.kafkafetch.adapter.processors.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;

/**
 * Signs requests as the Standard Webhooks specification says (standardwebhooks.com, signature
 * scheme v1): HMAC-SHA256 over {@code id.timestamp.body}. With several secrets each signs, so that
 * a receiver may be moved from one to the next.
 */
final class WebhookSigner {
  private static final String PREFIX = "whsec_";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int MAX_SECRETS = 4;

  /** Templates, cloned for each request: a {@link Mac} may be used by one thread at a time. */
  private final List<Mac> macs;

  private final InstantSource clock;

  private WebhookSigner(List<Mac> macs, InstantSource clock) {
    this.macs = List.copyOf(macs);
    this.clock = clock;
  }

  /** What is wrong with a secret, in words that do not repeat it; empty when nothing is. */
  static Optional<String> violation(String secrets) {
    var parts = secrets.strip().split("\\s+", -1);
    if (parts.length > MAX_SECRETS) {
      return Optional.of("must be at most " + MAX_SECRETS + " secrets");
    }
    for (var part : parts) {
      var key = key(part);
      if (key.isEmpty() || key.get().length < 24 || key.get().length > 64) {
        return Optional.of("must be " + PREFIX + " followed by 24 to 64 bytes in base64");
      }
    }
    return Optional.empty();
  }

  /** A signer with secrets that {@link #violation} finds nothing wrong with. */
  static WebhookSigner of(String secrets, InstantSource clock) {
    var macs = new ArrayList<Mac>();
    for (var part : secrets.strip().split("\\s+", -1)) {
      try {
        var mac = Mac.getInstance(ALGORITHM);
        mac.init(
            new SecretKeySpec(
                key(part).orElseThrow(() -> new IllegalArgumentException("No secret")), ALGORITHM));
        macs.add(mac);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("Every Java has " + ALGORITHM, e);
      }
    }
    return new WebhookSigner(macs, clock);
  }

  /** Adds the three headers for a message of that id; the time is that of this attempt. */
  void sign(String id, byte[] body, List<Header> headers) {
    var timestamp = Long.toString(clock.instant().getEpochSecond());
    var signatures = new StringBuilder();
    for (var template : macs) {
      var mac = copy(template);
      mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
      signatures
          .append(signatures.isEmpty() ? "v1," : " v1,")
          .append(Base64.getEncoder().encodeToString(mac.doFinal(body)));
    }
    headers.add(new BasicHeader("webhook-id", id));
    headers.add(new BasicHeader("webhook-timestamp", timestamp));
    headers.add(new BasicHeader("webhook-signature", signatures.toString()));
  }

  private static Mac copy(Mac template) {
    try {
      return (Mac) template.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("The JDK's HMAC can be cloned", e);
    }
  }

  private static Optional<byte[]> key(String secret) {
    if (!secret.startsWith(PREFIX)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Base64.getDecoder().decode(secret.substring(PREFIX.length())));
    } catch (IllegalArgumentException e) {
      // Not base64: the caller says what is accepted.
      return Optional.empty();
    }
  }
}
