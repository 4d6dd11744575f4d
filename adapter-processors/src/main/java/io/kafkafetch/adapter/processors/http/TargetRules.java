package io.kafkafetch.adapter.processors.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which addresses may be reached. Whoever may configure a consumer must not reach through this
 * server what only this server can reach; so everything that is not a public unicast address is
 * refused unless {@code FORWARDER_ALLOWED_HOSTS} names it.
 */
final class TargetRules {
  /** The setting that names what is allowed beyond public addresses. */
  static final String SETTING = "FORWARDER_ALLOWED_HOSTS";

  /** The special-purpose registries of IANA (RFC 6890), multicast, and what embeds IPv4. */
  private static final List<Cidr> NOT_PUBLIC =
      Stream.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.88.99.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "224.0.0.0/4",
              "240.0.0.0/4",
              "::/96",
              "64:ff9b::/96",
              "64:ff9b:1::/48",
              "100::/64",
              "2001::/23",
              "2001:db8::/32",
              "2002::/16",
              "5f00::/16",
              "fc00::/7",
              "fe80::/10",
              "fec0::/10",
              "ff00::/8")
          .map(Cidr::of)
          .toList();

  private static final Pattern HOST = Pattern.compile("[a-z0-9_-]+(\\.[a-z0-9_-]+)*\\.?");

  private final Set<String> allowedHosts;
  private final List<Cidr> allowedBlocks;

  private TargetRules(Set<String> allowedHosts, List<Cidr> allowedBlocks) {
    this.allowedHosts = Set.copyOf(allowedHosts);
    this.allowedBlocks = List.copyOf(allowedBlocks);
  }

  /**
   * The rules that a value of {@link #SETTING} makes.
   *
   * @throws IllegalArgumentException with a sentence, when an entry is neither host nor CIDR
   */
  static TargetRules parse(String setting) {
    var hosts = new HashSet<String>();
    var blocks = new ArrayList<Cidr>();
    for (var entry : setting.split(",", -1)) {
      var text = entry.strip().toLowerCase(Locale.ROOT);
      if (text.isEmpty()) {
        continue;
      }
      var block = Cidr.parse(text);
      if (block.isPresent()) {
        blocks.add(block.get());
      } else if (HOST.matcher(text).matches()) {
        hosts.add(canonical(text));
      } else {
        throw new IllegalArgumentException(
            SETTING
                + " must be a comma-separated list of host names, addresses and CIDRs such as "
                + "10.0.0.0/8, but has the entry "
                + text);
      }
    }
    return new TargetRules(hosts, blocks);
  }

  /** Whether {@code host}, which resolved to {@code address}, may be reached there. */
  boolean permit(String host, InetAddress address) {
    if (allowedHosts.contains(canonical(host))) {
      return true;
    }
    for (var block : allowedBlocks) {
      if (block.contains(address)) {
        return true;
      }
    }
    for (var block : NOT_PUBLIC) {
      if (block.contains(address)) {
        return false;
      }
    }
    return true;
  }

  private static String canonical(String host) {
    var lower = host.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
