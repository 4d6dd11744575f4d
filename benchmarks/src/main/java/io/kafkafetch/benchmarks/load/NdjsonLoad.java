package io.kafkafetch.benchmarks.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
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
      for (int number = 0; number < records; number++) {
        out.write(start);
        out.write(Records.value(number));
        out.write(tail);
      }
      out.flush();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** How many results say that they are well, until the answer ends. */
  private static long answered(InputStream in, int records) throws IOException {
    var wanted = "\"success\":true".getBytes(ISO_8859_1);
    var buffer = new byte[BUFFER];
    long found = 0;
    int matched = 0;
    for (int read = in.read(buffer); read >= 0 && found < records; read = in.read(buffer)) {
      for (int at = 0; at < read; at++) {
        if (buffer[at] == wanted[matched]) {
          matched++;
        } else {
          matched = buffer[at] == wanted[0] ? 1 : 0;
        }
        if (matched == wanted.length) {
          found++;
          matched = 0;
        }
      }
    }
    return found;
  }
}
