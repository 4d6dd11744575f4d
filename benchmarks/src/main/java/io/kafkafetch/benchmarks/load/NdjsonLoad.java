package io.kafkafetch.benchmarks.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;

/**
 * Sends records as lines of one request, and reads the lines of the answer as they come. What it
 * takes of the machine the server lacks, so that the lines are made before the clock begins, and
 * are sent from where they lie, again and again.
 */
final class NdjsonLoad {
  /** Different lines, as many as are sent at once. */
  private static final int LINES = 1_000;

  private static final int BUFFER = 256 << 10;

  private NdjsonLoad() {}

  /** The records a second, from the first line sent to the last one answered. */
  static double run(int port, String head, byte[] tail, int records) throws Exception {
    var lines = lines(head.getBytes(ISO_8859_1), tail);
    int line = lines.capacity() / LINES;
    var request = request(port, (long) records * line);
    try (var socket =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
      socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
      long begun = System.nanoTime();
      var sent =
          CompletableFuture.runAsync(
              () -> send(socket, request, lines, line, records),
              command -> Thread.ofPlatform().daemon().name("ndjson-out").start(command));
      long answered = answered(socket, records);
      sent.get();
      if (answered != records) {
        throw new IOException(answered + " of " + records + " lines were answered");
      }
      return records / ((System.nanoTime() - begun) / 1e9);
    }
  }

  private static ByteBuffer lines(byte[] head, byte[] tail) {
    var lines = ByteBuffer.allocateDirect(LINES * (head.length + Records.SIZE + tail.length));
    for (int number = 0; number < LINES; number++) {
      lines.put(head).put(Records.value(number)).put(tail);
    }
    return lines;
  }

  private static ByteBuffer request(int port, long length) {
    return ByteBuffer.wrap(
        ("POST /produce/batch HTTP/1.1\r\nHost: 127.0.0.1:"
                + port
                + "\r\nContent-Type: application/x-ndjson\r\nConnection: close\r\nContent-Length: "
                + length
                + "\r\n\r\n")
            .getBytes(ISO_8859_1));
  }

  private static void send(
      SocketChannel socket, ByteBuffer request, ByteBuffer lines, int line, int records) {
    try {
      write(socket, request);
      for (int left = records; left > 0; left -= LINES) {
        write(socket, lines.clear().limit(Math.min(left, LINES) * line));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(SocketChannel socket, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      socket.write(bytes);
    }
  }

  /** How many results say that they are well, until the answer ends. */
  private static long answered(SocketChannel in, int records) throws IOException {
    var wanted = new SoughtText("\"success\":true".getBytes(ISO_8859_1));
    var buffer = ByteBuffer.allocate(BUFFER);
    long found = 0;
    while (found < records && in.read(buffer) >= 0) {
      found += wanted.count(buffer.array(), buffer.position());
      buffer.position(wanted.keep(buffer.array(), buffer.position()));
    }
    return found;
  }
}
