package io.kafkafetch.benchmarks.limit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server that takes bodies, counts their records and answers 200: what a forwarder sends
 * to. One thread, as little as can be done with a request.
 */
final class Endpoint implements Runnable {
  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(ISO_8859_1);
  private static final long LIMIT_NANOS = 300_000_000_000L;

  private static @Nullable Endpoint running;

  private final Selector selector;
  private final ServerSocketChannel listening;

  /** Written by the one thread that serves. */
  private volatile long records;

  private volatile long firstNanos;
  private volatile long lastNanos;

  private Endpoint() throws IOException {
    selector = Selector.open();
    listening =
        ServerSocketChannel.open()
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
    listening.configureBlocking(false);
    listening.register(selector, SelectionKey.OP_ACCEPT);
  }

  /** Starts it; the answer is its port. It lives as long as this process. */
  static double start() throws IOException {
    var endpoint = new Endpoint();
    Thread.ofPlatform().daemon().name("endpoint").start(endpoint);
    running = endpoint;
    return endpoint.listening.socket().getLocalPort();
  }

  /** {@code records}: waits until that many have come since the last time; records a second. */
  static double rate(List<String> words) throws InterruptedException {
    var endpoint = running;
    if (endpoint == null) {
      throw new IllegalStateException("The endpoint was not started");
    }
    long wanted = Long.parseLong(words.getFirst());
    long deadline = System.nanoTime() + LIMIT_NANOS;
    while (endpoint.records < wanted) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "Only " + endpoint.records + " of " + wanted + " records have come");
      }
      Thread.sleep(2);
    }
    double rate = endpoint.records / ((endpoint.lastNanos - endpoint.firstNanos) / 1e9);
    endpoint.records = 0;
    return rate;
  }

  @Override
  public void run() {
    try {
      while (true) {
        selector.select();
        for (var keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
          var key = keys.next();
          keys.remove();
          serve(key);
        }
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void serve(SelectionKey key) throws IOException {
    if (key.isAcceptable()) {
      var channel = listening.accept();
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, new Intake());
    } else if (key.channel() instanceof SocketChannel channel
        && key.attachment() instanceof Intake intake) {
      try {
        if (channel.read(intake.buffer) < 0) {
          channel.close();
        } else {
          answer(channel, intake);
        }
      } catch (IOException gone) {
        // Whoever sends has the right to leave; what it sent was counted when it was whole.
        channel.close();
      }
    }
  }

  private void answer(SocketChannel channel, Intake intake) throws IOException {
    int from = 0;
    for (int end = intake.end(from); end > 0; end = intake.end(from)) {
      count(intake.records(from, end));
      var answer = ByteBuffer.wrap(ANSWER);
      while (answer.hasRemaining()) {
        channel.write(answer);
      }
      from = end;
    }
    intake.forget(from);
  }

  private void count(int more) {
    long now = System.nanoTime();
    long before = records;
    if (before == 0) {
      firstNanos = now;
    }
    lastNanos = now;
    records = before + more;
  }
}
