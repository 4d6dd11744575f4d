package io.kafkafetch.domain.consumer;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a broker listens.
 *
 * @param host a host name, an IPv4 or an IPv6 address (without brackets)
 * @param port 1 to 65535
 */
public record BrokerAddress(String host, int port) {
  private static final Pattern HOST = Pattern.compile("[a-zA-Z0-9._-]{1,253}");
  private static final Pattern IPV6 =
      Pattern.compile("[0-9a-fA-F:.]{2,45}(%[a-zA-Z0-9._-]{1,32})?");

  public BrokerAddress {
    hostViolation(host)
        .or(() -> portViolation(port))
        .ifPresent(message -> {
          throw new IllegalArgumentException("A broker's address " + message);
        });
  }

  /** What is wrong with a host; empty when nothing is. */
  public static Optional<String> hostViolation(String host) {
    boolean legal =
        HOST.matcher(host).matches() || (host.contains(":") && IPV6.matcher(host).matches());
    return legal ? Optional.empty() : Optional.of("must be a host name or an IP address");
  }

  /** What is wrong with a port; empty when nothing is. */
  public static Optional<String> portViolation(long port) {
    return port >= 1 && port <= 65535
        ? Optional.empty()
        : Optional.of("must be a whole number from 1 to 65535");
  }

  /** Reads {@code host:port} or {@code [address]:port}; empty when it is neither. */
  public static Optional<BrokerAddress> parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1 || colon == text.length() - 1 || text.length() - colon > 6) {
      return Optional.empty();
    }
    var host = text.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    if (bracketed) {
      host = host.substring(1, host.length() - 1);
    }
    var digits = text.substring(colon + 1);
    if (!digits.chars().allMatch(c -> c >= '0' && c <= '9')
        || (host.contains(":") && !bracketed)
        || hostViolation(host).isPresent()
        || portViolation(Long.parseLong(digits)).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(new BrokerAddress(host, Integer.parseInt(digits)));
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
