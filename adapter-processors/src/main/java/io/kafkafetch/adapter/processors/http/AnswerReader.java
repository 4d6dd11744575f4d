package io.kafkafetch.adapter.processors.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answers that come on one connection, in whatever pieces they come: those who wait for
 * bytes and those who are told of them read alike. Heads are bounded by {@value #MAX_HEAD} bytes,
 * bodies are read away up to {@value #MAX_BODY}. Belongs to whoever speaks on the connection.
 */
final class AnswerReader {
  static final int MAX_HEAD = 64 * 1024;
  static final int MAX_BODY = 64 * 1024;

  private static final int ROOM = 4 * 1024;
  private static final int MAX_INTERIM_ANSWERS = 16;

  private final AnswerBody body = new AnswerBody();
  private ByteBuffer room = ByteBuffer.allocate(ROOM);

  /** Below it everything is dealt with. */
  private int from;

  /** Below it no head ends. */
  private int looked;

  private @Nullable AnswerHead head;
  private int interim;
  private long bodyRead;
  private boolean whole;
  private boolean mayFollow;

  /** A request is sent: the next answer is waited for. */
  void begin() {
    if (room.capacity() > ROOM) {
      room = ByteBuffer.allocate(ROOM);
    }
    room.clear();
    from = 0;
    looked = 0;
    head = null;
    interim = 0;
    bodyRead = 0;
    whole = false;
    mayFollow = false;
  }

  /** Waits for more; how much came, or -1 when the server has hung up. */
  int readFrom(InputStream in) throws IOException {
    int read = in.read(room.array(), room.position(), room.remaining());
    if (read > 0) {
      room.position(room.position() + read);
    }
    return read;
  }

  /** Takes what has come; how much that is, or -1 when the server has hung up. */
  int readFrom(ReadableByteChannel channel) throws IOException {
    return channel.read(room);
  }

  /** Whether the head of the answer has come. */
  boolean hasHead() {
    return head != null;
  }

  /** Whether another request may follow on the connection. */
  boolean mayFollow() {
    return mayFollow;
  }

  /** The answer, once its head has come. */
  Answer answer() {
    if (head == null) {
      throw new IllegalStateException("No answer has come");
    }
    return head.answer();
  }

  /**
   * Looks at what has been read.
   *
   * @return whether the answer is whole, or is not worth reading further
   * @throws HttpException when it is no answer of HTTP
   */
  boolean advance() throws HttpException {
    while (head == null) {
      int end = headEnd();
      if (end < 0) {
        makeRoom();
        return false;
      }
      var found = AnswerHead.of(room.array(), from, end);
      from = end;
      looked = end;
      if (!found.isInterim()) {
        head = found;
        body.begin(found);
      } else if (++interim == MAX_INTERIM_ANSWERS) {
        throw new HttpException("Only interim answers");
      }
    }
    readBody(head);
    return whole;
  }

  /**
   * The server has hung up.
   *
   * @throws IOException when the answer is not whole
   */
  void end() throws IOException {
    if (head == null && from == room.position()) {
      throw new NoHttpResponseException("The server hung up without an answer");
    }
    if (head == null || !body.mayEndHere()) {
      throw new ConnectionClosedException("The answer was cut short");
    }
    whole = true;
    mayFollow = false;
  }

  private void readBody(AnswerHead of) throws HttpException {
    int end = room.position();
    int at = body.take(room.array(), from, end);
    bodyRead += at - from;
    from = at;
    if (body.isOver()) {
      whole = true;
      // Whatever comes unasked must not be taken for the next answer.
      mayFollow = at == end && of.isPersistent();
    } else if (bodyRead > MAX_BODY) {
      whole = true;
    } else {
      room.clear();
      from = 0;
    }
  }

  /** The place after the empty line that ends the head; negative when it is not there yet. */
  private int headEnd() {
    var bytes = room.array();
    int end = room.position();
    // Some servers send a line break too many after a body.
    while (looked == from && from < end && (bytes[from] == '\r' || bytes[from] == '\n')) {
      looked = ++from;
    }
    for (int at = looked; at < end; at++) {
      if (bytes[at] == '\n') {
        int next = at + 1 < end && bytes[at + 1] == '\r' ? at + 2 : at + 1;
        if (next >= end) {
          looked = at;
          return -1;
        }
        if (bytes[next] == '\n') {
          return next + 1;
        }
      }
    }
    looked = end;
    return -1;
  }

  private void makeRoom() throws HttpException {
    if (from > 0) {
      room.flip().position(from);
      room.compact();
      looked -= from;
      from = 0;
    }
    if (room.hasRemaining()) {
      return;
    }
    if (room.capacity() >= MAX_HEAD) {
      throw new HttpException("The head of an answer is longer than " + MAX_HEAD + " bytes");
    }
    room = ByteBuffer.allocate(2 * room.capacity()).put(room.flip());
  }
}
