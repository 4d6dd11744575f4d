package io.kafkafetch.adapter.processors.http;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.apache.hc.core5.http.HttpException;
import org.jspecify.annotations.Nullable;

/**
 * A connection that one thread speaks with beside others, and what is under way on it. Nothing here
 * waits.
 */
final class Lane {
  private final Connection connection;
  private final SelectionKey key;
  private @Nullable Errand errand;
  private boolean sending;

  /**
   * A request that is under way.
   *
   * @param unit which of the batch it carries
   */
  record Errand(int unit, OutgoingRequest request, Deadline deadline) {}

  Lane(Connection connection, Selector selector) throws IOException {
    this.connection = connection;
    if (connection.isStale()) {
      // What came unasked would be taken for the answer to the first request.
      throw new IOException("The server hung up, or said something unasked, while it rested");
    }
    key = connection.register(selector, this);
  }

  Connection connection() {
    return connection;
  }

  /** What is under way; null when it is free. */
  @Nullable Errand errand() {
    return errand;
  }

  /** Nothing is under way any more. */
  void free() {
    errand = null;
    connection.rest(System.nanoTime());
  }

  /** Begins to send a request. */
  void begin(Errand next) throws IOException {
    errand = next;
    connection.lease(next.deadline());
    connection.begin(next.request());
    sending = true;
    try {
      send();
    } catch (CancelledKeyException e) {
      throw cut(e);
    }
  }

  /** Goes on as far as it can; whether the answer is whole. */
  boolean goOn() throws IOException, HttpException {
    try {
      if (sending && key.isWritable()) {
        sendOn();
      }
      return connection.receive();
    } catch (CancelledKeyException e) {
      throw cut(e);
    }
  }

  /** Leaves the connection to those who wait. */
  void leave(Selector selector) throws IOException {
    key.cancel();
    // Or it could not be registered again before the next time.
    selector.selectNow(_ -> {});
    connection.unregister();
  }

  private void sendOn() throws IOException {
    try {
      send();
    } catch (IOException e) {
      // A server that refuses a large body may have answered before it hung up.
      if (!connection.isOpen()) {
        throw e;
      }
      sending = false;
      key.interestOps(SelectionKey.OP_READ);
    }
  }

  /** What it is when another thread has closed the socket meanwhile. */
  private static IOException cut(CancelledKeyException e) {
    var closed = new ClosedChannelException();
    closed.initCause(e);
    return closed;
  }

  private void send() throws IOException {
    boolean before = sending;
    sending = !connection.send();
    if (sending) {
      key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    } else if (before && key.interestOps() != SelectionKey.OP_READ) {
      key.interestOps(SelectionKey.OP_READ);
    }
  }
}
