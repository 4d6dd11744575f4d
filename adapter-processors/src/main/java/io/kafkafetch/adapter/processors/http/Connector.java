package io.kafkafetch.adapter.processors.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** Opens connections, to checked addresses alone. */
final class Connector {
  private static final int MAX_CONNECT_MILLIS = (int) TimeUnit.SECONDS.toMillis(10);
  private static final int MAX_ADDRESSES = 4;

  private final Targets targets;
  private final SSLContext tls;
  private final boolean offerHttp2;

  Connector(Targets targets, SSLContext tls, boolean offerHttp2) {
    this.targets = targets;
    this.tls = tls;
    this.offerHttp2 = offerHttp2;
  }

  /**
   * A connection that is ready to speak, watched by {@code pool} from before its TLS handshake.
   *
   * @throws ForbiddenTargetException when the origin must not be reached
   */
  Connection open(Origin origin, Deadline deadline, ConnectionPool pool) throws IOException {
    var socket = connect(origin, deadline, !origin.secure());
    var connection = new Connection(origin, socket, deadline);
    pool.add(connection);
    try {
      connection.establish(tls, offerHttp2);
      return connection;
    } catch (IOException e) {
      pool.discard(connection);
      if (connection.wasAborted()) {
        var late = new SocketTimeoutException("The TLS handshake took too long");
        late.initCause(e);
        throw late;
      }
      throw e;
    }
  }

  /** A TCP connection to the first permitted address that takes one. */
  private Socket connect(Origin origin, Deadline deadline, boolean selectable) throws IOException {
    IOException last = null;
    var addresses = targets.permitted(origin, deadline.nanosLeft());
    for (var address : addresses.subList(0, Math.min(MAX_ADDRESSES, addresses.size()))) {
      try {
        return connect(new InetSocketAddress(address, origin.port()), deadline, selectable);
      } catch (IOException e) {
        if (last != null) {
          e.addSuppressed(last);
        }
        last = e;
      }
    }
    throw last == null ? new IOException("No address") : last;
  }

  // Whoever gets the socket closes it. TLS is spoken over one that waits.
  private static Socket connect(InetSocketAddress address, Deadline deadline, boolean selectable)
      throws IOException {
    var socket = selectable ? SocketChannel.open().socket() : new Socket(Proxy.NO_PROXY);
    try {
      socket.setTcpNoDelay(true);
      socket.connect(address, Math.min(MAX_CONNECT_MILLIS, deadline.millisLeft()));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
