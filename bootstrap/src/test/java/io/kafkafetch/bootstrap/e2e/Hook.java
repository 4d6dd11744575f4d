package io.kafkafetch.bootstrap.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;

/** A real HTTP/1.1 server on loopback that answers with the status that its test says. */
final class Hook implements AutoCloseable {
  /** A status that stands for no answer: the connection stays open and silent. */
  static final int SILENCE = 0;

  /** A status that stands for an answer that is no HTTP. */
  static final int GARBAGE = 1;

  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Consumer<Request> taking;
  private volatile ToIntFunction<Request> status = _ -> 200;

  /** What arrived. */
  record Request(String key, String body) {
    /** A whole number of the JSON body. */
    int number(String field) {
      var matcher = Pattern.compile("\"" + field + "\":(\\d+)").matcher(body);
      if (!matcher.find()) {
        throw new AssertionError("No " + field + " in " + body);
      }
      return Integer.parseInt(matcher.group(1));
    }
  }

  /** Tells each request before it is answered with 200. */
  Hook(Consumer<Request> taking) {
    this.taking = taking;
    try {
      server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("hook").start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  void answering(ToIntFunction<Request> next) {
    status = next;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var socket = server.accept();
        socket.setTcpNoDelay(true);
        open.add(socket);
        Thread.ofVirtual().name("hook").start(() -> serve(socket));
      } catch (IOException e) {
        // Closed: the loop ends.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var in = new BufferedInputStream(socket.getInputStream());
      for (var head = head(in); !head.isEmpty(); head = head(in)) {
        var length = field(head, "content-length");
        var body = in.readNBytes(length.isEmpty() ? 0 : Integer.parseInt(length));
        answer(socket, new Request(field(head, "idempotency-key"), new String(body, UTF_8)));
      }
    } catch (IOException e) {
      // The client or the proxy has cut it.
    } finally {
      open.remove(socket);
    }
  }

  private void answer(Socket socket, Request request) throws IOException {
    int answer = status.applyAsInt(request);
    if (answer == SILENCE) {
      return;
    }
    if (answer == 200) {
      taking.accept(request);
    }
    var text =
        answer == GARBAGE
            ? "220 mail.example ESMTP\r\n"
            : "HTTP/1.1 " + answer + " Text\r\nContent-Length: 0\r\n\r\n";
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  /** Everything up to the empty line; nothing at the end of the connection. */
  private static String head(InputStream in) throws IOException {
    var head = new StringBuilder();
    for (int ends = 0; ends < 4; ) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      head.append((char) next);
      ends = next == (ends % 2 == 0 ? '\r' : '\n') ? ends + 1 : 0;
    }
    return head.toString();
  }

  private static String field(String head, String name) {
    return head.lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }

  @Override
  public void close() {
    try {
      server.close();
      for (var socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
