package io.kafkafetch.benchmarks.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.util.ArrayList;

/**
 * Sends a request over many connections at once, each again as soon as it is answered. One thread
 * does it all, since the server is to have the machine.
 */
public final class HttpLoad {
  /** A server that has nothing left to say for that many answers has lost something. */
  private static final int EMPTY_ANSWERS = 5;

  private static final long ANSWER_NANOS = 30_000_000_000L;

  private HttpLoad() {}

  /** A request for {@link #run}. */
  public static byte[] request(
      String method, String path, String contentType, int port, byte[] body) {
    var head =
        "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(method, path, port, contentType, body.length)
            .getBytes(ISO_8859_1);
    var whole = java.util.Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, whole, head.length, body.length);
    return whole;
  }

  /** Sends for that long; the answers a second. */
  public static double run(int port, byte[] request, int connections, double seconds)
      throws IOException {
    var open = new ArrayList<HttpConnection>();
    try (var selector = Selector.open()) {
      for (int i = 0; i < connections; i++) {
        open.add(
            new HttpConnection(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port), request, selector));
      }
      long begun = System.nanoTime();
      long end = begun + (long) (seconds * 1e9);
      for (var connection : open) {
        connection.send();
      }
      long answers = 0;
      long now = begun;
      while (now < end) {
        answers += turn(selector);
        now = System.nanoTime();
      }
      return answers / ((now - begun) / 1e9);
    } finally {
      for (var connection : open) {
        connection.close();
      }
    }
  }

  /** Sends over one connection until answers have brought that many records; records a second. */
  public static double untilRecords(int port, byte[] request, long records) throws IOException {
    var offsets = new ArrivingText(",\"offset\":".getBytes(ISO_8859_1), HttpConnection.ROOM);
    try (var selector = Selector.open()) {
      var connection =
          new HttpConnection(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), port), request, selector);
      try {
        long begun = 0;
        long first = 0;
        long seen = 0;
        int empty = 0;
        while (seen < records) {
          offsets.clear();
          connection.send();
          awaitAnswer(selector, connection, offsets, seen);
          int found = connection.count(offsets);
          seen += found;
          empty = found == 0 ? empty + 1 : 0;
          if (empty == EMPTY_ANSWERS) {
            throw new IOException(
                "%,d of %,d records came, then none; the last answer: %s"
                    .formatted(seen, records, connection.text()));
          }
          if (begun == 0 && seen > 0) {
            begun = System.nanoTime();
            first = seen;
          }
        }
        return (seen - first) / ((System.nanoTime() - begun) / 1e9);
      } finally {
        connection.close();
      }
    }
  }

  private static int turn(Selector selector) throws IOException {
    selector.select(100);
    int answers = 0;
    for (var keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
      var key = keys.next();
      keys.remove();
      if (key.attachment() instanceof HttpConnection connection && connection.receive()) {
        answers++;
        connection.send();
      }
    }
    return answers;
  }

  private static void awaitAnswer(
      Selector selector, HttpConnection connection, ArrivingText counted, long seen)
      throws IOException {
    long limit = System.nanoTime() + ANSWER_NANOS;
    while (turnOne(selector, connection)) {
      connection.count(counted);
      if (System.nanoTime() > limit) {
        throw new IOException(
            "No whole answer after %,d records; so far: %s".formatted(seen, connection.text()));
      }
    }
  }

  /** Whether the answer is still to come. */
  private static boolean turnOne(Selector selector, HttpConnection connection) throws IOException {
    selector.select(1_000);
    boolean whole = !selector.selectedKeys().isEmpty() && connection.receive();
    selector.selectedKeys().clear();
    return !whole;
  }
}
