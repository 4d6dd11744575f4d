package io.kafkafetch.benchmarks.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/** Sends records as lines of one request, and reads the lines of the answer as they come. */
final class NdjsonLoad {
  private static final int BUFFER = 256 << 10;

  private NdjsonLoad() {}

  /** The records a second, from the first line sent to the last one answered. */
  static double run(int port, String head, byte[] tail, int records) throws Exception {
    var start = head.getBytes(ISO_8859_1);
    long length = (long) records * (start.length + Records.SIZE + tail.length);
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      long begun = System.nanoTime();
      var sent =
          CompletableFuture.runAsync(
              () -> send(socket, port, start, tail, records, length),
              command -> Thread.ofPlatform().daemon().name("ndjson-out").start(command));
      long answered = answered(socket.getInputStream(), records);
      sent.get();
      if (answered != records) {
        throw new IOException(answered + " of " + records + " lines were answered");
      }
      return records / ((System.nanoTime() - begun) / 1e9);
    }
  }

  private static void send(
      Socket socket, int port, byte[] start, byte[] tail, int records, long length) {
    try {
      var out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
      out.write(
          ("POST /produce/batch HTTP/1.1\r\nHost: 127.0.0.1:"
                  + port
                  + "\r\nContent-Type: application/x-ndjson\r\nConnection: close\r\nContent-Length: "
                  + length
                  + "\r\n\r\n")
              .getBytes(ISO_8859_1));
      var line = Arrays.copyOf(start, start.length + Records.SIZE + tail.length);
      System.arraycopy(tail, 0, line, start.length + Records.SIZE, tail.length);
      for (int number = 0; number < records; number++) {
        Records.write(number, line, start.length);
        out.write(line);
      }
      out.flush();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** How many results say that they are well, until the answer ends. */
  private static long answered(InputStream in, int records) throws IOException {
    var wanted = new SoughtText("\"success\":true".getBytes(ISO_8859_1));
    var buffer = new byte[BUFFER];
    long found = 0;
    int kept = 0;
    while (found < records) {
      int read = in.read(buffer, kept, BUFFER - kept);
      if (read < 0) {
        break;
      }
      found += wanted.count(buffer, kept + read);
      kept = wanted.keep(buffer, kept + read);
    }
    return found;
  }
}
