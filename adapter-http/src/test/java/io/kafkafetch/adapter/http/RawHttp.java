package io.kafkafetch.adapter.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.regex.Pattern;

/** Speaks to the server without a client's good manners. */
public final class RawHttp {
  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");
  private static final Pattern CONTINUE = Pattern.compile("^HTTP/1.1 100 Continue\r\n\r\n");

  private RawHttp() {}

  /** Text with the line ends of HTTP. */
  public static String crlf(String lines) {
    return lines.replace("\n", "\r\n");
  }

  /** A connection. */
  public static Socket connect(InetSocketAddress to) throws IOException {
    var socket = new Socket(to.getAddress(), to.getPort());
    socket.setSoTimeout(20_000);
    return socket;
  }

  /** Sends bytes as they are and reads one answer. */
  public static String send(InetSocketAddress to, String request) throws IOException {
    try (var socket = connect(to)) {
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      return answer(socket.getInputStream());
    }
  }

  /** Reads until the answer is complete or the server closes. */
  public static String answer(InputStream in) throws IOException {
    var answer = new StringBuilder();
    var buffer = new byte[8_192];
    while (!isComplete(answer.toString())) {
      int read = in.read(buffer);
      if (read < 0) {
        break;
      }
      answer.append(new String(buffer, 0, read, ISO_8859_1));
    }
    return answer.toString();
  }

  private static boolean isComplete(String answer) {
    int from = CONTINUE.matcher(answer).find() ? answer.indexOf("\r\n\r\n") + 4 : 0;
    int end = answer.indexOf("\r\n\r\n", from);
    var length = LENGTH.matcher(answer);
    return end >= 0
        && length.find()
        && answer.length() >= end + 4 + Integer.parseInt(length.group(1));
  }
}
