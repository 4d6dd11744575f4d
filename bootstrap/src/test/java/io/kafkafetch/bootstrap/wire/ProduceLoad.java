package io.kafkafetch.bootstrap.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.kafkafetch.adapter.http.HttpSettings;
import io.kafkafetch.adapter.http.server.RouteGroup;
import io.kafkafetch.adapter.http.server.Router;
import io.kafkafetch.adapter.http.server.WebServer;
import io.kafkafetch.embedded.EmbeddedKafka;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * How fast producing over HTTP is, beside what bounds it: a POST that does nothing, and Kafka's own
 * producer. A program, not a test: {@code ProduceLoad [seconds]}.
 */
final class ProduceLoad {
  private static final int CONNECTIONS = 32;
  private static final byte[] VALUE =
      "{\"user_id\":123456,\"action\":\"login\",\"data\":\"Hello from the API! Hello again.\"}"
          .getBytes(UTF_8);

  private final WiredServer server;
  private final String topic;
  private final long nanos;
  private final InetSocketAddress api;
  private final InetSocketAddress nothing;

  private ProduceLoad(WiredServer server, long nanos) throws Exception {
    this.server = server;
    this.topic = server.topic(6);
    this.nanos = nanos;
    this.api = server.api.address();
    var idle = new WebServer(HttpSettings.loopback(0), List.of(new Nothing()));
    idle.start();
    this.nothing = idle.address();
  }

  public static void main(String[] arguments) throws Exception {
    long seconds = arguments.length > 0 ? Long.parseLong(arguments[0]) : 5;
    var broker = EmbeddedKafka.shared().bootstrapServers();
    try (var server = new WiredServer(broker)) {
      var load = new ProduceLoad(server, seconds * 1_000_000_000L);
      for (int round = 0; round < 3; round++) {
        load.round(broker);
      }
    }
    System.exit(0);
  }

  /** Reads a body and answers in a word: what any route costs. */
  private static final class Nothing implements RouteGroup {
    @Override
    public void register(Router router) {
      router.post(
          "/nothing",
          exchange -> {
            exchange.query().end();
            var body = exchange.bytes();
            exchange.answer(200, "application/json", body.length > 0 ? new byte[] {'1'} : body);
          });
    }

    @Override
    public String description() {
      return "nothing";
    }
  }

  private void round(String broker) throws Exception {
    var one =
        "{\"topic\":\""
            + topic
            + "\",\"enrich\":false,\"message\":"
            + new String(VALUE, UTF_8)
            + "}";
    double nothing = requests(this.nothing, "nothing", "/nothing", one, CONNECTIONS);
    double lone = requests(api, "lone /produce", "/produce", one, 1);
    double produce = requests(api, "/produce", "/produce", one, CONNECTIONS);
    var batch = "[" + String.join(",", java.util.Collections.nCopies(100, one)) + "]";
    if (Boolean.getBoolean("short")) {
      double st = ndjson(one), b = bare(broker);
      System.out.println(produce / nothing + " " + st / b + " " + b);
      return;
    }
    double batches =
        100 * requests(api, "/produce/batch of 100", "/produce/batch", batch, CONNECTIONS);
    double stream = ndjson(one);
    double bare = bare(broker);
    System.out.printf(
        "lone %.0f/s; /produce %.0f/s = %.2f of nothing; batch %.0f rec/s = %.2f of bare; ndjson"
            + " %.0f rec/s = %.2f of bare; bare %.0f rec/s%n",
        lone, produce, produce / nothing, batches, batches / bare, stream, stream / bare, bare);
  }

  private double bare(String broker) {
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", broker, "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      long begin = System.nanoTime();
      long sent = 0;
      while (System.nanoTime() - begin < nanos) {
        for (int i = 0; i < 1_000; i++) {
          producer.send(new ProducerRecord<>(topic, VALUE));
        }
        sent += 1_000;
      }
      producer.flush();
      return sent * 1e9 / (System.nanoTime() - begin);
    }
  }

  private double requests(
      InetSocketAddress at, String name, String path, String body, int connections)
      throws Exception {
    var request =
        ("POST "
                + path
                + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: "
                + body.getBytes(UTF_8).length
                + "\r\n\r\n"
                + body)
            .getBytes(UTF_8);
    var count = new LongAdder();
    long begin = System.nanoTime();
    var latencies = new ArrayList<long[]>();
    try (var pool = Executors.newFixedThreadPool(Math.min(connections, 64))) {
      var work = new ArrayList<Callable<long[]>>();
      for (int i = 0; i < connections; i++) {
        work.add(() -> caller(at, request, begin + nanos, count));
      }
      for (var done : pool.invokeAll(work)) {
        latencies.add(done.get());
      }
    }
    double rate = count.sum() * 1e9 / (System.nanoTime() - begin);
    var all = latencies.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    System.out.printf(
        "%-22s %8.0f req/s  median %.2f ms  p99 %.2f ms%n",
        name, rate, all[all.length / 2] / 1e6, all[(int) (all.length * 0.99)] / 1e6);
    return rate;
  }

  private long[] caller(InetSocketAddress at, byte[] request, long until, LongAdder count)
      throws IOException {
    try (var socket = new Socket(at.getAddress(), at.getPort())) {
      socket.setTcpNoDelay(true);
      var in = socket.getInputStream();
      var taken = new long[1 << 20];
      int n = 0;
      for (long now = System.nanoTime(); now < until; ) {
        socket.getOutputStream().write(request);
        answer(in);
        long then = System.nanoTime();
        taken[n++ & taken.length - 1] = then - now;
        now = then;
      }
      count.add(n);
      return Arrays.copyOf(taken, Math.min(n, taken.length));
    }
  }

  private final ThreadLocal<byte[]> buffers = ThreadLocal.withInitial(() -> new byte[64 << 10]);

  /** Reads one answer that has a Content-Length. */
  private void answer(InputStream in) throws IOException {
    var buffer = buffers.get();
    int filled = 0;
    int head = -1;
    while (head < 0) {
      int more = in.read(buffer, filled, buffer.length - filled);
      if (more < 0) {
        throw new IOException("The server hung up");
      }
      filled += more;
      head = end(buffer, filled);
    }
    var text = new String(buffer, 0, head, US_ASCII);
    if (!text.startsWith("HTTP/1.1 2")) {
      throw new IOException(new String(buffer, 0, filled, US_ASCII));
    }
    int at = text.toLowerCase(java.util.Locale.ROOT).indexOf("content-length: ");
    long left = Long.parseLong(text.substring(at + 16, text.indexOf('\r', at))) - (filled - head);
    while (left > 0) {
      left -= in.read(buffer, 0, (int) Math.min(left, buffer.length));
    }
  }

  private static int end(byte[] buffer, int filled) {
    for (int i = 3; i < filled; i++) {
      if (buffer[i] == '\n' && buffer[i - 1] == '\r' && buffer[i - 2] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  private double ndjson(String one) throws Exception {
    var lines = new ByteArrayOutputStream();
    for (int i = 0; i < 500; i++) {
      lines.write((one + "\n").getBytes(UTF_8));
    }
    var chunk = new ByteArrayOutputStream();
    chunk.write((Integer.toHexString(lines.size()) + "\r\n").getBytes(US_ASCII));
    lines.writeTo(chunk);
    chunk.write("\r\n".getBytes(US_ASCII));
    var bytes = chunk.toByteArray();
    long begin = System.nanoTime();
    long sent = 0;
    try (var socket = new Socket(api.getAddress(), api.getPort())) {
      var reading =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  var sink = new byte[256 << 10];
                  String tail = "";
                  for (int n; (n = socket.getInputStream().read(sink)) >= 0; ) {
                    tail = new String(sink, Math.max(0, n - 5), Math.min(5, n), US_ASCII);
                    if (tail.endsWith("0\r\n\r\n")) {
                      return;
                    }
                  }
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      var out = socket.getOutputStream();
      out.write(
          ("POST /produce/batch HTTP/1.1\r\nHost: localhost\r\nContent-Type:"
                  + " application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n")
              .getBytes(US_ASCII));
      while (System.nanoTime() - begin < nanos) {
        out.write(bytes);
        sent += 500;
      }
      out.write("0\r\n\r\n".getBytes(US_ASCII));
      reading.join();
    }
    double rate = sent * 1e9 / (System.nanoTime() - begin);
    System.out.printf("%-22s %8.0f rec/s%n", "ndjson", rate);
    return rate;
  }
}
