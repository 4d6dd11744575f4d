package io.kafkafetch.adapter.kafka;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Base64;
import java.util.Set;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerToken;
import org.jspecify.annotations.Nullable;

/**
 * A token as its owner presents it. Whether it is genuine is for the broker to say; its owner only
 * has to know for how long it holds.
 */
record PresentedToken(
    String value, long lifetimeMs, String principalName, @Nullable Long startTimeMs)
    implements OAuthBearerToken {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int MILLIS = 1_000;

  /**
   * Reads a JWT.
   *
   * @throws UnusableClientConfigException when it is none, or does not say when it ends
   */
  static PresentedToken read(String jwt) {
    var parts = jwt.strip().split("\\.", -1);
    if (parts.length != 3) {
      throw unusable("is no JWT: it has not three parts with dots in between");
    }
    try (var claims = JSON.createParser(Base64.getUrlDecoder().decode(parts[1]))) {
      return read(jwt.strip(), claims);
    } catch (IllegalArgumentException | IOException malformed) {
      throw unusable("is no JWT: its claims cannot be read");
    }
  }

  private static PresentedToken read(String jwt, JsonParser claims) throws IOException {
    var subject = "";
    double end = -1;
    double start = -1;
    if (claims.nextToken() != JsonToken.START_OBJECT) {
      throw unusable("is no JWT: its claims are no object");
    }
    while (claims.nextToken() == JsonToken.FIELD_NAME) {
      var name = claims.currentName();
      var value = claims.nextToken();
      if (name.equals("sub") && value == JsonToken.VALUE_STRING) {
        subject = claims.getText();
      } else if (name.equals("exp") && value.isNumeric()) {
        end = claims.getDoubleValue();
      } else if (name.equals("iat") && value.isNumeric()) {
        start = claims.getDoubleValue();
      } else {
        claims.skipChildren();
      }
    }
    if (end < 0) {
      throw unusable("does not say when it ends: it has no claim exp");
    }
    return new PresentedToken(
        jwt, (long) (end * MILLIS), subject, start < 0 ? null : (long) (start * MILLIS));
  }

  private static UnusableClientConfigException unusable(String why) {
    return new UnusableClientConfigException("client_config: sasl.oauthbearer.token " + why);
  }

  @Override
  public Set<String> scope() {
    return Set.of();
  }

  /** Never the token itself. */
  @Override
  public String toString() {
    return "PresentedToken[" + principalName + "]";
  }
}
