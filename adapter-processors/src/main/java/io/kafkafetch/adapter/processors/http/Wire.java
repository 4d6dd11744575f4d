package io.kafkafetch.adapter.processors.http;

import java.io.IOException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.NoHttpResponseException;

/**
 * Sends requests by the best version of HTTP that a server has. Plain http is HTTP/1.1; over TLS
 * the first handshake tells (ALPN, RFC 7301), and an origin that chose HTTP/2 is spoken with so
 * from then on.
 */
final class Wire implements AutoCloseable {
  private static final int MAX_REMEMBERED = 64;

  private final ConnectionPool pool;
  private final Connector connector;
  private final Http2 http2;
  private final Set<Origin> speakHttp2 = ConcurrentHashMap.newKeySet();

  Wire(Targets targets, SSLContext tls, boolean offerHttp2, long timeoutMillis) {
    pool = new ConnectionPool(timeoutMillis);
    connector = new Connector(targets, tls, offerHttp2);
    http2 = new Http2(targets, tls, timeoutMillis);
  }

  /** Sends a request and waits for its answer, until the deadline at most. */
  Answer send(OutgoingRequest request, Deadline deadline) throws IOException, HttpException {
    var origin = request.destination().origin();
    if (speakHttp2.contains(origin)) {
      try {
        return http2.send(request, deadline);
      } catch (IOException e) {
        // Perhaps another server answers there by now: the next handshake tells.
        speakHttp2.remove(origin);
        throw e;
      }
    }
    var resting = pool.reuse(origin, deadline);
    if (resting.isPresent()) {
      try {
        return exchange(resting.get(), request);
      } catch (IOException e) {
        if (!mayBeSentAgain(resting.get(), e)) {
          throw e;
        }
      }
    }
    return sendAnew(request, deadline);
  }

  /**
   * Whether it is only that the server hung up on a connection that rested: it does so at any time,
   * also while a request is under way to it. One that came back without a byte is sent once more,
   * under the same key.
   */
  static boolean mayBeSentAgain(Connection rested, Exception failure) {
    boolean hungUp =
        failure instanceof SocketException
            || failure instanceof ClosedChannelException
            || failure instanceof NoHttpResponseException
            || failure instanceof ConnectionClosedException;
    return hungUp && !rested.wasAnswered() && !rested.wasAborted();
  }

  /** The connections that requests over plain http may be sent on, resting or in use. */
  ConnectionPool connections() {
    return pool;
  }

  /** Sends a request on a connection of its own. */
  Answer sendAnew(OutgoingRequest request, Deadline deadline) throws IOException, HttpException {
    var origin = request.destination().origin();
    var connection = connector.open(origin, deadline, pool);
    if (!connection.choseHttp2()) {
      return exchange(connection, request);
    }
    pool.discard(connection);
    if (speakHttp2.size() < MAX_REMEMBERED) {
      speakHttp2.add(origin);
    }
    return http2.send(request, deadline);
  }

  private Answer exchange(Connection connection, OutgoingRequest request)
      throws IOException, HttpException {
    boolean whole = false;
    try {
      var answer = connection.exchange(request);
      whole = true;
      return answer;
    } finally {
      if (whole) {
        pool.giveBack(connection);
      } else {
        pool.discard(connection);
      }
    }
  }

  /** Closes all connections; requests that are under way fail. */
  @Override
  public void close() {
    pool.close();
    http2.close();
  }
}
