package io.kafkafetch.adapter.processors.http;

import java.net.InetAddress;
import java.util.Optional;

/**
 * A block of addresses of one family (RFC 4632, RFC 4291 section 2.3).
 *
 * @param network an address of the block
 * @param bits how many leading bits all its addresses share
 */
record Cidr(InetAddress network, int bits) {
  /** The block as written, {@code 10.0.0.0/8}, or one address; empty when it is neither. */
  static Optional<Cidr> parse(String text) {
    int slash = text.indexOf('/');
    var address = slash < 0 ? text : text.substring(0, slash);
    try {
      var network = InetAddress.ofLiteral(unbracketed(address));
      int width = network.getAddress().length * 8;
      int bits = slash < 0 ? width : Integer.parseInt(text.substring(slash + 1));
      return bits >= 0 && bits <= width ? Optional.of(new Cidr(network, bits)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      // Not an address, or no number after the slash: the caller says what is accepted.
      return Optional.empty();
    }
  }

  /** The block that our own tables name. */
  static Cidr of(String text) {
    return parse(text).orElseThrow(() -> new IllegalArgumentException(text + " is no CIDR"));
  }

  /** Whether the address lies in this block. */
  boolean contains(InetAddress address) {
    byte[] mine = network.getAddress();
    byte[] theirs = address.getAddress();
    if (mine.length != theirs.length) {
      return false;
    }
    int whole = bits / 8;
    for (int i = 0; i < whole; i++) {
      if (mine[i] != theirs[i]) {
        return false;
      }
    }
    int rest = bits % 8;
    return rest == 0 || ((mine[whole] ^ theirs[whole]) & 0xff) >>> (8 - rest) == 0;
  }

  private static String unbracketed(String address) {
    return address.startsWith("[") && address.endsWith("]")
        ? address.substring(1, address.length() - 1)
        : address;
  }
}
