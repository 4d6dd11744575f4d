package io.kafkafetch.adapter.http.server;

import io.kafkafetch.adapter.http.HttpStartException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import org.jspecify.annotations.Nullable;

/** Opens the port, or says in one sentence why that cannot be. */
final class ListeningSocket {
  private static final int BACKLOG = 1_024;

  private ListeningSocket() {}

  static ServerSocketChannel open(InetAddress address, int port) {
    ServerSocketChannel channel = null;
    try {
      channel = ServerSocketChannel.open();
      // A server that starts again takes its port although old connections linger.
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.bind(new InetSocketAddress(address, port), BACKLOG);
      return channel;
    } catch (IOException e) {
      close(channel, e);
      throw new HttpStartException(sentence(address.getHostAddress(), port, e), e);
    }
  }

  static void close(@Nullable ServerSocketChannel channel, Exception reason) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        reason.addSuppressed(e);
      }
    }
  }

  private static String sentence(String address, int port, IOException failure) {
    var reason = String.valueOf(failure.getMessage());
    if (reason.contains("Permission denied")) {
      return "Port " + port + " may be opened by root only; set HTTP_PORT to one above 1023.";
    }
    if (reason.contains("Cannot assign")) {
      return "HTTP_HOST names " + address + ", which is no address of this machine.";
    }
    if (reason.contains("in use")) {
      return "Port "
          + port
          + " on "
          + address
          + " is taken; set HTTP_PORT to another one, or to 0 for a free one.";
    }
    return "Port " + port + " on " + address + " could not be opened: " + reason + ".";
  }
}
