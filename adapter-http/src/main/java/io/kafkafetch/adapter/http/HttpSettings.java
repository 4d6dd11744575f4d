package io.kafkafetch.adapter.http;

import java.util.Optional;
import java.util.Set;

/**
 * Where the API listens and whom it answers.
 *
 * @param host the name or address to bind ({@code HTTP_HOST}); empty for loopback
 * @param port 1 to 65535, or 0 for a free one
 * @param allowedHosts names that {@code Host} may carry besides the server's own ({@code
 *     HTTP_ALLOWED_HOSTS}): {@code api.example.com}, {@code *.example.com}, or {@code *} for any
 */
public record HttpSettings(
    Optional<String> host, int port, Set<String> allowedHosts, HttpLimits limits) {
  public HttpSettings {
    allowedHosts = Set.copyOf(allowedHosts);
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("A port is from 0 to 65535, not " + port);
    }
  }

  /** Loopback, on that port, for nobody from elsewhere. */
  public static HttpSettings loopback(int port) {
    return new HttpSettings(Optional.empty(), port, Set.of(), HttpLimits.defaults());
  }
}
