package io.kafkafetch.bootstrap.lifecycle;

import io.kafkafetch.bootstrap.settings.Settings.Http;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Where the API will listen, found out before anything is started: whoever has the port taken shall
 * read so at once, and other servers are told the real port.
 *
 * @param port 1 to 65535
 * @param address how other servers reach it, {@code host:port}
 */
public record HttpPlace(int port, String address) {
  /**
   * Below the range from which systems take ports for outgoing connections (32768 and up), so that
   * a free port stays free until the API takes it.
   */
  private static final int FIRST_FREE = 10_000;

  private static final int LAST_FREE = 32_000;
  private static final int TRIES = 500;

  /**
   * Looks whether the address can be bound, and chooses a port where none is set.
   *
   * @throws StartFailure when it cannot be
   */
  public static HttpPlace of(Http http) {
    var host = resolved(http);
    int port = http.port() == 0 ? anyFree(host) : free(host, http.port());
    var name = host.isAnyLocalAddress() ? ownAddress() : host.getHostAddress();
    return new HttpPlace(port, (name.contains(":") ? "[" + name + "]" : name) + ":" + port);
  }

  private static InetAddress resolved(Http http) {
    try {
      return http.host().isEmpty()
          ? InetAddress.getLoopbackAddress()
          : InetAddress.getByName(http.host().get());
    } catch (UnknownHostException e) {
      throw new StartFailure("HTTP_HOST " + http.host().get() + " is not known on this machine", e);
    }
  }

  private static int free(InetAddress host, int port) {
    try {
      bind(host, port);
      return port;
    } catch (IOException e) {
      var where = port + " on " + host.getHostAddress();
      var reason = String.valueOf(e.getMessage());
      if (reason.contains("in use")) {
        throw new StartFailure(
            "HTTP_PORT %s is taken by another process: end it, or set HTTP_PORT to another port (0 picks a free one)"
                .formatted(where),
            e);
      }
      throw new StartFailure("HTTP_PORT %s cannot be opened: %s".formatted(where, reason), e);
    }
  }

  private static int anyFree(InetAddress host) {
    IOException last = new IOException("none was tried");
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST_FREE, LAST_FREE);
      try {
        bind(host, port);
        return port;
      } catch (IOException e) {
        last = e;
      }
    }
    throw new StartFailure(
        "No free port can be opened on " + host.getHostAddress() + ": " + last.getMessage(), last);
  }

  private static void bind(InetAddress host, int port) throws IOException {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(host, port));
    }
  }

  private static String ownAddress() {
    try {
      return InetAddress.getLocalHost().getHostAddress();
    } catch (UnknownHostException e) {
      throw new StartFailure(
          "This machine's own name is not known to it; set HTTP_HOST to the address to listen on",
          e);
    }
  }
}
