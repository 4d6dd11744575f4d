package io.kafkafetch.adapter.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerToken;

/**
 * A token as its owner presents it. What is in it is between those who made it and the broker: to a
 * client a token is opaque (RFC 6749, section 1.4). So that a new one is taken soon after somebody
 * put it where the reference points, each is presented as one of {@link #PERIOD}.
 */
record PresentedToken(String value, Long startTimeMs, long lifetimeMs) implements OAuthBearerToken {
  /** After four fifths of it Kafka's client asks for the token anew. */
  static final Duration PERIOD = Duration.ofMinutes(1);

  /** Three texts in base64url (RFC 7515, section 3.1). */
  private static final Pattern JWT = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]*");

  /**
   * Takes a JWT as it is.
   *
   * @throws UnusableClientConfigException when it does not look like one
   */
  static PresentedToken read(String jwt, Instant now) {
    var text = jwt.strip();
    if (!JWT.matcher(text).matches()) {
      throw new UnusableClientConfigException(
          "client_config: sasl.oauthbearer.token is no JWT: that is three texts in base64url with"
              + " dots in between");
    }
    return new PresentedToken(text, now.toEpochMilli(), now.plus(PERIOD).toEpochMilli());
  }

  /** Only for the client's log. */
  @Override
  public String principalName() {
    return "the token's subject";
  }

  @Override
  public Set<String> scope() {
    return Set.of();
  }

  /** Never the token itself. */
  @Override
  public String toString() {
    return "PresentedToken";
  }
}
