package io.kafkafetch.adapter.processors.http;

import io.kafkafetch.adapter.processors.http.Forwarders.Running;
import io.kafkafetch.domain.processor.Outcome;
import io.kafkafetch.domain.processor.PartitionSink;
import io.kafkafetch.domain.processor.Progress;
import io.kafkafetch.domain.processor.SourcePartition;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Compares the forwarder with two bare clients over as many connections, in turn in one run: a loop
 * on raw sockets (the limit) and the JDK's HTTP client. Run by hand:
 *
 * <pre>ForwarderThroughput [records a round] [rounds]</pre>
 *
 * The endpoint is a process of its own, so that its work is not counted as the client's memory.
 */
public final class ForwarderThroughput {
  private static final int IN_FLIGHT = 32;
  private static final int BATCH = 500;
  private static final byte[] VALUE = value();
  private static final PrintStream OUT = System.out;

  private ForwarderThroughput() {}

  private interface Round {
    void run(int records) throws Exception;
  }

  private record Contender(String name, Round round, List<Double> rates) {}

  public static void main(String[] args) throws Exception {
    if (args.length > 0 && args[0].equals("endpoint")) {
      serve();
      return;
    }
    int records = args.length > 0 ? Integer.parseInt(args[0]) : 200_000;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    var endpoint =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                ForwarderThroughput.class.getName(),
                "endpoint")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var reader = endpoint.inputReader()) {
      compare(Integer.parseInt(reader.readLine()), records, rounds);
    } finally {
      endpoint.destroy();
    }
  }

  private static void compare(int port, int records, int rounds) throws Exception {
    var url = "http://localhost:" + port + "/";
    var one = Running.to(url, "max_in_flight", (long) IN_FLIGHT);
    var json = Running.to(url, "batch", "json");
    var lines = Running.to(url, "batch", "ndjson");
    var contenders =
        List.of(
            contender("raw sockets, 32 connections", n -> rawSockets(port, n)),
            contender("forwarder, max_in_flight 32", n -> forward(List.of(one.sink()), n)),
            contender("forwarder, json batches of 500", n -> forward(sinks(json), n * 10)),
            contender("forwarder, ndjson batches of 500", n -> forward(sinks(lines), n * 10)));
    for (int round = 0; round <= rounds; round++) {
      for (var contender : contenders) {
        long started = System.nanoTime();
        contender.round().run(records);
        double seconds = (System.nanoTime() - started) / 1e9;
        int factor = contender.name().contains("batches") ? 10 : 1;
        if (round > 0) { // the first warms up
          contender.rates().add(records * factor / seconds);
        }
      }
    }
    double raw = median(contenders.getFirst().rates());
    for (var contender : contenders) {
      double rate = median(contender.rates());
      OUT.printf(
          "%-34s %,12.0f records/s   %5.2f of raw sockets%n", contender.name(), rate, rate / raw);
    }
    one.close();
    json.close();
    lines.close();
  }

  private static Contender contender(String name, Round round) {
    return new Contender(name, round, new ArrayList<>());
  }

  private static double median(List<Double> rates) {
    return rates.stream().sorted().skip(rates.size() / 2).findFirst().orElseThrow();
  }

  private static List<PartitionSink> sinks(Running running) {
    var sinks = new ArrayList<PartitionSink>();
    for (int partition = 0; partition < 6; partition++) {
      var opening = running.processor().open(new SourcePartition("t", "id", partition));
      if (opening instanceof io.kafkafetch.domain.processor.Opening.Opened opened) {
        opened.sink().begin(new Progress(0, 0));
        sinks.add(opened.sink());
      }
    }
    return sinks;
  }

  /** Each sink on its own virtual thread, in batches as the engine hands them over. */
  private static void forward(List<PartitionSink> sinks, int records) throws Exception {
    var batch = batch();
    int expected = records / sinks.size() / BATCH * BATCH * sinks.size();
    var delivered = new AtomicInteger();
    var threads = new ArrayList<Thread>();
    for (var sink : sinks) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                for (int sent = 0; sent < records / sinks.size() / BATCH; sent++) {
                  if (sink.deliver(batch).equals(Outcome.DELIVERED)) {
                    delivered.addAndGet(BATCH);
                  }
                }
              }));
    }
    for (var thread : threads) {
      thread.join();
    }
    if (delivered.get() != expected) {
      throw new AssertionError("Delivered " + delivered + " of " + expected);
    }
  }

  private static Records batch() {
    var all = new ArrayList<Records.One>();
    for (int i = 0; i < BATCH; i++) {
      all.add(new Records.One(i, ("key-" + i).getBytes(StandardCharsets.UTF_8), VALUE));
    }
    return new Records(all);
  }

  private static void rawSockets(int port, int records) throws Exception {
    var next = new AtomicInteger();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < IN_FLIGHT; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                  rawLoop(socket, next, records);
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              }));
    }
    for (var thread : threads) {
      thread.join();
    }
  }

  private static void rawLoop(Socket socket, AtomicInteger next, int records) throws IOException {
    socket.setTcpNoDelay(true);
    var out = socket.getOutputStream();
    var in = socket.getInputStream();
    byte[] answer = new byte[1024];
    for (int i = next.getAndIncrement(); i < records; i = next.getAndIncrement()) {
      var head =
          ("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                  + "Idempotency-Key: t-0-"
                  + i
                  + "\r\nContent-Length: "
                  + VALUE.length
                  + "\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII);
      var request = Arrays.copyOf(head, head.length + VALUE.length);
      System.arraycopy(VALUE, 0, request, head.length, VALUE.length);
      out.write(request);
      if (in.read(answer) <= 0) {
        throw new IOException("No answer");
      }
    }
  }

  private static byte[] value() {
    var text = "{\"id\":123456,\"name\":\"somebody\",\"amount\":12.5,\"note\":\"";
    return (text + "x".repeat(200 - text.length() - 2) + "\"}").getBytes(StandardCharsets.UTF_8);
  }

  /** The smallest server that frames requests rightly, so that the clients are what is measured. */
  private static void serve() throws IOException {
    try (var server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress())) {
      OUT.println(server.getLocalPort());
      OUT.flush();
      while (true) {
        var socket = server.accept();
        socket.setTcpNoDelay(true);
        Thread.ofVirtual()
            .start(() -> {
              try (socket) {
                answer(socket);
              } catch (IOException e) {
                OUT.println("A connection ended: " + e.getMessage());
              }
            });
      }
    }
  }

  private static void answer(Socket socket) throws IOException {
    var in = socket.getInputStream();
    var out = socket.getOutputStream();
    var ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    byte[] buffer = new byte[1 << 16];
    int filled = 0;
    while (true) {
      int head = headEnd(buffer, filled);
      if (head < 0) {
        int read = in.read(buffer, filled, buffer.length - filled);
        if (read < 0) {
          return;
        }
        filled += read;
        continue;
      }
      int rest = head + contentLength(buffer, head) - filled;
      if (rest >= 0) {
        skip(in, rest, buffer);
        filled = 0;
      } else {
        System.arraycopy(buffer, filled + rest, buffer, 0, -rest);
        filled = -rest;
      }
      out.write(ok);
    }
  }

  private static void skip(InputStream in, int rest, byte[] buffer) throws IOException {
    for (int left = rest; left > 0; ) {
      int read = in.read(buffer, 0, Math.min(left, buffer.length));
      if (read < 0) {
        throw new IOException("cut in a body");
      }
      left -= read;
    }
  }

  private static int headEnd(byte[] buffer, int filled) {
    for (int i = 3; i < filled; i++) {
      if (buffer[i] == '\n' && buffer[i - 2] == '\n' && buffer[i - 1] == '\r') {
        return i + 1;
      }
    }
    return -1;
  }

  private static int contentLength(byte[] buffer, int head) {
    var text = new String(buffer, 0, head, StandardCharsets.ISO_8859_1);
    int at = text.indexOf("ontent-Length: ") + 15;
    return Integer.parseInt(text.substring(at, text.indexOf('\r', at)));
  }
}
