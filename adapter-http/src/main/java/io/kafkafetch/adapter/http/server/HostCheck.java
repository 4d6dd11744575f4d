package io.kafkafetch.adapter.http.server;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what a web page from elsewhere could make a browser send: a {@code Host} that is not this
 * server's (a name rebound to our address) and an {@code Origin} other than the one asked.
 */
public final class HostCheck {
  private static final Pattern IPV4_LOOPBACK = Pattern.compile("127(\\.\\d{1,3}){3}");

  private final Set<String> own;
  private final Set<String> allowed;

  private HostCheck(Set<String> own, Set<String> allowed) {
    this.own = own;
    this.allowed = allowed;
  }

  /**
   * A check for a server that is bound to {@code bound}.
   *
   * @param name what the setting called it, when it was set
   * @param allowed further names, {@code *.suffix} or {@code *}
   */
  public static HostCheck of(InetAddress bound, Optional<String> name, Set<String> allowed) {
    var own = new HashSet<>(Set.of("localhost", "::1"));
    name.map(HostCheck::normal).ifPresent(own::add);
    own.add(normal(bound.getHostAddress()));
    if (!bound.isLoopbackAddress()) {
      machineName().ifPresent(own::add);
      if (bound.isAnyLocalAddress()) {
        own.addAll(machineAddresses());
      }
    }
    var lower = new HashSet<String>();
    allowed.forEach(host -> lower.add(normal(host)));
    return new HostCheck(own, lower);
  }

  /** Why a request with these headers is refused; empty when it is not. */
  public Optional<String> refusal(@Nullable String host, @Nullable String origin) {
    if (host != null && !isOwn(hostOf(host))) {
      return Optional.of(
          "This server does not answer for the host of this request; HTTP_ALLOWED_HOSTS can name"
              + " further ones.");
    }
    if (origin != null && !isSame(origin, host)) {
      return Optional.of("This server does not answer requests from pages of another origin.");
    }
    return Optional.empty();
  }

  private boolean isOwn(String host) {
    if (own.contains(host) || IPV4_LOOPBACK.matcher(host).matches() || allowed.contains("*")) {
      return true;
    }
    if (allowed.contains(host)) {
      return true;
    }
    for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
      if (allowed.contains("*" + host.substring(dot))) {
        return true;
      }
    }
    return false;
  }

  /** The scheme is not compared: behind a proxy that speaks TLS the two differ rightly. */
  private static boolean isSame(String origin, @Nullable String host) {
    int scheme = origin.indexOf("://");
    return scheme > 0
        && host != null
        && origin
            .substring(scheme + 3)
            .toLowerCase(Locale.ROOT)
            .equals(host.toLowerCase(Locale.ROOT));
  }

  private static String hostOf(String header) {
    var text = header.strip();
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      return end < 0 ? text : normal(text.substring(1, end));
    }
    int colon = text.indexOf(':');
    return normal(colon < 0 ? text : text.substring(0, colon));
  }

  private static String normal(String host) {
    var text = host.strip().toLowerCase(Locale.ROOT);
    if (text.startsWith("[") && text.endsWith("]")) {
      text = text.substring(1, text.length() - 1);
    }
    if (text.endsWith(".") && text.length() > 1) {
      text = text.substring(0, text.length() - 1);
    }
    return text.contains(":") ? address(text) : text;
  }

  /** An IPv6 address has many spellings. A text with a colon is never looked up in DNS. */
  private static String address(String text) {
    try {
      var plain = InetAddress.ofLiteral(text).getHostAddress();
      int zone = plain.indexOf('%');
      var spelled = zone < 0 ? plain : plain.substring(0, zone);
      return spelled.equals("0:0:0:0:0:0:0:1") ? "::1" : spelled;
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private static Optional<String> machineName() {
    try {
      return Optional.of(normal(InetAddress.getLocalHost().getHostName()));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  private static Set<String> machineAddresses() {
    var addresses = new HashSet<String>();
    try {
      for (var network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        for (var address : Collections.list(network.getInetAddresses())) {
          addresses.add(normal(address.getHostAddress()));
        }
      }
    } catch (SocketException e) {
      // Without a list of addresses the server still answers for its names and for loopback.
      return addresses;
    }
    return addresses;
  }
}
