package io.kafkafetch.benchmarks.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * One keep-alive connection that sends the same request again and again. Looks at no more of an
 * answer than its status and where it ends, so that little of a core goes to the client.
 */
final class HttpConnection {
  static final int ROOM = 1 << 20;

  private final SocketChannel channel;
  private final ByteBuffer request;
  private final byte[] bytes = new byte[ROOM];
  private final ByteBuffer answer = ByteBuffer.wrap(bytes);

  HttpConnection(InetSocketAddress address, byte[] request, Selector selector) throws IOException {
    this.request = ByteBuffer.wrap(request);
    channel = SocketChannel.open(address);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, this);
  }

  /** Sends the request once more. */
  void send() throws IOException {
    request.rewind();
    answer.clear();
    while (request.hasRemaining()) {
      if (channel.write(request) == 0) {
        Thread.onSpinWait();
      }
    }
  }

  /** Takes what has come; true when the answer is whole. */
  boolean receive() throws IOException {
    if (channel.read(answer) < 0) {
      throw new IOException("The server has closed the connection");
    }
    return Answers.isWhole(bytes, answer.position());
  }

  /** How often a text is in what has come of the answer. */
  int count(ArrivingText text) {
    return text.count(bytes, answer.position());
  }

  /** What has come of the answer, for a person to read. */
  String text() {
    return Answers.text(bytes, answer.position());
  }

  void close() throws IOException {
    channel.close();
  }
}
