package io.kafkafetch.adapter.http.server;

import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Holds an answer back until it is complete or too large to hold, so that a failure while a small
 * one is written still becomes a problem, and a small one has a {@code Content-Length}.
 */
final class AnswerStream extends OutputStream {
  private static final int HELD = 64 << 10;

  private final HttpServletResponse response;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream(1 << 10);
  private boolean flowing;

  AnswerStream(HttpServletResponse response) {
    this.response = response;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (!flowing && held.size() + length <= HELD) {
      held.write(bytes, offset, length);
      return;
    }
    flow();
    send(bytes, offset, length);
  }

  /** What a streamed answer has so far goes out now. */
  @Override
  public void flush() throws IOException {
    if (flowing) {
      try {
        response.getOutputStream().flush();
      } catch (IOException e) {
        throw new ClientGoneException(e);
      }
    }
  }

  /** Nothing comes any more. Returns when all of it was written to the socket. */
  void complete() throws IOException {
    if (!flowing) {
      response.setContentLength(held.size());
      flow();
    }
    try {
      response.getOutputStream().close();
    } catch (IOException e) {
      throw new ClientGoneException(e);
    }
  }

  /** Nothing is held back any more. */
  void flow() throws IOException {
    if (!flowing) {
      flowing = true;
      try {
        held.writeTo(response.getOutputStream());
      } catch (IOException e) {
        throw new ClientGoneException(e);
      }
      held.reset();
    }
  }

  private void send(byte[] bytes, int offset, int length) throws IOException {
    try {
      response.getOutputStream().write(bytes, offset, length);
    } catch (IOException e) {
      throw new ClientGoneException(e);
    }
  }
}
