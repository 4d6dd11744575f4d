package io.kafkafetch.benchmarks.load;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.function.LongConsumer;

/** Polls a session again and again over one connection; each poll waits for records. */
public final class LongPoll implements AutoCloseable {
  private static final int ROOM = 1 << 20;

  private final Socket socket;
  private final byte[] request;
  private final byte[] answer = new byte[ROOM];

  /** A session that is subscribed already. */
  public LongPoll(int port, String session) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    request =
        HttpLoad.request(
            "POST",
            "/api/consumers/" + session + "/consume",
            "application/json",
            port,
            "{\"max_records\": 500, \"timeout_ms\": 5000}"
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /** One poll: tells the stamp of each record that came. */
  public void next(LongConsumer stamps) throws IOException {
    socket.getOutputStream().write(request);
    int length = read(socket.getInputStream());
    Stamps.find(answer, length, stamps);
  }

  private int read(InputStream in) throws IOException {
    int length = 0;
    do {
      int read = in.read(answer, length, ROOM - length);
      if (read < 0) {
        throw new IOException("The session's connection was closed");
      }
      length += read;
    } while (!Answers.isWhole(answer, length));
    return length;
  }

  @Override
  public void close() throws IOException {
    socket.close();
    Arrays.fill(answer, (byte) 0);
  }
}
