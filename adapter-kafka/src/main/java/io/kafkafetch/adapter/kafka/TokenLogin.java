package io.kafkafetch.adapter.kafka;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.auth.SaslExtensionsCallback;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerTokenCallback;

/**
 * Hands Kafka's client the token that a consumer was given, at each login anew: behind a reference
 * to a file there may be another one by then. Asks nobody over the network. Made by Kafka's client,
 * for nobody else.
 */
public final class TokenLogin implements AuthenticateCallbackHandler {
  /** The option of the login that holds the token, or a reference to it. */
  static final String SOURCE = "source";

  /** The property of a client that resolves references. */
  static final String RESOLVER = "kafkafetch.token.resolver";

  /** Set before the first login; logins are made by one thread at a time. */
  private volatile String source = "";

  private volatile UnaryOperator<String> resolver = UnaryOperator.identity();

  /** For Kafka's client, which configures it next. */
  public TokenLogin() {}

  @Override
  @SuppressWarnings("unchecked")
  public void configure(
      Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> entries) {
    source = JaasContext.configEntryOption(entries, SOURCE, null);
    if (configs.get(RESOLVER) instanceof UnaryOperator<?> found) {
      resolver = (UnaryOperator<String>) found;
    }
  }

  @Override
  public void handle(Callback[] callbacks) throws IOException, UnsupportedCallbackException {
    for (var callback : callbacks) {
      switch (callback) {
        case OAuthBearerTokenCallback wanted -> wanted.token(token());
        // None: what a broker makes of extensions is between it and those who run it.
        case SaslExtensionsCallback _ -> {}
        default -> throw new UnsupportedCallbackException(callback);
      }
    }
  }

  private PresentedToken token() throws IOException {
    try {
      return PresentedToken.read(resolver.apply(source), InstantSource.system().instant());
    } catch (UnusableClientConfigException e) {
      throw new IOException(e.reason(), e);
    }
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
