package io.kafkafetch.adapter.processors.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/** A real HTTP/1.1 server on loopback that answers as its test says, also against the rules. */
final class Endpoint implements AutoCloseable {
  /** What arrived. Header names are in lower case. */
  @SuppressWarnings("ArrayRecordComponent") // bytes of a test, never compared
  record Seen(String method, String target, Map<String, String> headers, byte[] body) {
    String header(String name) {
      return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT))).orElse("");
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /** What a test does with a request. Without a byte written the connection is closed. */
  @FunctionalInterface
  interface Behaviour {
    void answer(Seen seen, Peer peer) throws IOException, InterruptedException;
  }

  /** The connection that a request came on. */
  record Peer(Socket socket, OutputStream out) {
    void status(int status, String... headers) throws IOException {
      var head = new StringBuilder("HTTP/1.1 " + status + " Text\r\nContent-Length: 0\r\n");
      for (var header : headers) {
        head.append(header).append("\r\n");
      }
      raw(head + "\r\n");
    }

    void raw(String bytes) throws IOException {
      out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }

    /** Cuts the connection with a reset instead of a farewell. */
    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }

  static final Behaviour OK = (_, peer) -> peer.status(200);

  private final ServerSocket server;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<Thread> serving = new CopyOnWriteArrayList<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final boolean remembering;
  private volatile Behaviour behaviour;

  private Endpoint(ServerSocket server, Behaviour behaviour, boolean remembering) {
    this.server = server;
    this.behaviour = behaviour;
    this.remembering = remembering;
    Thread.ofVirtual().start(this::accept);
  }

  static Endpoint that(Behaviour behaviour) throws IOException {
    return on(ServerSocketFactory.getDefault(), behaviour);
  }

  static Endpoint on(ServerSocketFactory sockets, Behaviour behaviour) throws IOException {
    return new Endpoint(
        sockets.createServerSocket(0, 200, InetAddress.getLoopbackAddress()), behaviour, true);
  }

  /** Remembers no request: for measurements. */
  static Endpoint forgetful() throws IOException {
    return new Endpoint(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()), OK, false);
  }

  void now(Behaviour next) {
    behaviour = next;
  }

  int port() {
    return server.getLocalPort();
  }

  String url() {
    return "http://localhost:" + port() + "/hook?a=b";
  }

  List<Seen> seen() {
    return List.copyOf(seen);
  }

  List<String> keys() {
    var keys = new ArrayList<String>();
    seen.forEach(request -> keys.add(request.header("idempotency-key")));
    return keys;
  }

  int connections() {
    return connections.get();
  }

  /** Closes all connections, as a server does that is tired of waiting, and reads no more. */
  void hangUp() throws IOException, InterruptedException {
    for (var socket : sockets) {
      if (!socket.isClosed()) {
        // Now: closing waits until the thread that reads has noticed, and the next request may
        // come before that.
        socket.shutdownOutput();
        socket.close();
      }
    }
    for (var thread : serving) {
      thread.join();
    }
  }

  /** How many connections are open. */
  long open() {
    return sockets.stream().filter(socket -> !socket.isClosed()).count();
  }

  private void accept() {
    while (true) {
      try {
        var socket = server.accept();
        socket.setTcpNoDelay(true);
        sockets.add(socket);
        connections.incrementAndGet();
        serving.add(Thread.ofVirtual().start(() -> serve(socket)));
      } catch (IOException e) {
        return; // closed by the test
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
      var peer = new Peer(socket, socket.getOutputStream());
      for (var request = read(in); request.isPresent(); request = read(in)) {
        if (remembering) {
          seen.add(request.get());
        }
        behaviour.answer(request.get(), peer);
        if (socket.isClosed()) {
          return;
        }
      }
    } catch (SocketException e) {
      // The other side hung up, as some tests want it to.
      assert e != null;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Optional<Seen> read(InputStream in) throws IOException {
    var head = head(in);
    if (head.isEmpty()) {
      return Optional.empty();
    }
    var lines = head.get().split("\r\n", -1);
    var first = lines[0].split(" ", -1);
    var headers = new TreeMap<String, String>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon > 0) {
        headers.merge(
            lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
            lines[i].substring(colon + 1).strip(),
            (a, b) -> a + ", " + b);
      }
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    var body = in.readNBytes(length);
    return body.length < length
        ? Optional.empty()
        : Optional.of(new Seen(first[0], first[1], headers, body));
  }

  private static Optional<String> head(InputStream in) throws IOException {
    var bytes = new ByteArrayOutputStream(512);
    int last = 0;
    for (int b = in.read(); b >= 0; b = in.read()) {
      bytes.write(b);
      last = (last << 8) | b;
      if (last == 0x0d0a0d0a) {
        return Optional.of(bytes.toString(StandardCharsets.ISO_8859_1));
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (var socket : sockets) {
      socket.close();
    }
  }
}
