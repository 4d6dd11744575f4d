package io.kafkafetch.bootstrap.settings;

import io.kafkafetch.domain.consumer.BrokerAddress;
import java.net.InetAddress;
import java.util.regex.Pattern;

/** A host name, an IP address or a network in CIDR notation (RFC 4632, RFC 4291). */
final class AllowedHost {
  private static final Pattern BITS = Pattern.compile("[0-9]{1,3}");

  private AllowedHost() {}

  static boolean isLegal(String text) {
    int slash = text.indexOf('/');
    return slash < 0
        ? BrokerAddress.hostViolation(text).isEmpty()
        : isNetwork(text.substring(0, slash), text.substring(slash + 1));
  }

  private static boolean isNetwork(String address, String bits) {
    try {
      int length = InetAddress.ofLiteral(address).getAddress().length * Byte.SIZE;
      return BITS.matcher(bits).matches() && Integer.parseInt(bits) <= length;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
