package io.kafkafetch.adapter.processors.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.HttpException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HTTP/1.1 connection, spoken with by one thread at a time: by {@link #exchange}, which waits,
 * or, where its socket has a channel and is registered with a selector, step by step without
 * waiting. Neither carries a timeout of its own: {@link ConnectionPool} closes the socket under
 * them once their deadline has passed, which also ends a write that a server does not take and an
 * answer that drips.
 */
final class Connection {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
  private static final int BRIEFLY_MILLIS = 100;
  private static final String[] OFFERED = {"h2", "http/1.1"};
  private static final String[] OFFERED_OLD = {"http/1.1"};

  private final Origin origin;
  private final Socket socket;
  private final @Nullable SocketChannel channel;
  private final RequestBytes request = new RequestBytes();
  private final AnswerReader answer = new AnswerReader();

  /** What is spoken through: the socket itself, or TLS over it. */
  private Socket speaking;

  private @Nullable InputStream in;
  private @Nullable OutputStream out;
  private boolean http2;
  private boolean sent;
  private long idleSince;

  /** Written by the thread that speaks, read by the one that watches; null while idle. */
  private volatile @Nullable Deadline deadline;

  /** The one that whoever speaks waits at. */
  private volatile @Nullable Selector selector;

  private volatile boolean aborted;

  Connection(Origin origin, Socket socket, Deadline deadline) {
    this.origin = origin;
    this.socket = socket;
    this.deadline = deadline;
    channel = socket.getChannel();
    speaking = socket;
  }

  /** Agrees on encryption, where the origin asks for it, and on the version of HTTP. */
  void establish(SSLContext tls, boolean offerHttp2) throws IOException {
    if (origin.secure()) {
      var secured =
          (SSLSocket)
              tls.getSocketFactory().createSocket(socket, origin.host(), origin.port(), true);
      var parameters = secured.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      parameters.setApplicationProtocols(offerHttp2 ? OFFERED : OFFERED_OLD);
      secured.setSSLParameters(parameters);
      secured.startHandshake();
      http2 = "h2".equals(secured.getApplicationProtocol());
      speaking = secured;
    }
    in = speaking.getInputStream();
    out = speaking.getOutputStream();
  }

  Origin origin() {
    return origin;
  }

  /** Whether the server chose HTTP/2, which this class does not speak. */
  boolean choseHttp2() {
    return http2;
  }

  /** Whether another request may follow the last answer. */
  boolean isReusable() {
    return sent && answer.mayFollow() && !aborted;
  }

  /** Whether the last request was answered at all, if only in part. */
  boolean wasAnswered() {
    return answer.hasHead();
  }

  /** Whether it was closed because its time was up. */
  boolean wasAborted() {
    return aborted;
  }

  /** Sends the request and reads the answer away. */
  Answer exchange(OutgoingRequest next) throws IOException, HttpException {
    begin(next);
    try {
      write();
      for (boolean whole = answer.advance(); !whole; whole = answer.advance()) {
        if (read() < 0) {
          answer.end();
          break;
        }
      }
      return answer.answer();
    } catch (IOException e) {
      throw explained(e);
    }
  }

  /**
   * A server that refuses a large body may answer and hang up before it has read it; what it
   * answered is then still worth reading.
   */
  private void write() throws IOException {
    try {
      request.writeTo(Objects.requireNonNull(out, "An established connection"));
      sent = true;
    } catch (IOException e) {
      if (aborted || !request.hasBody() || peek(BRIEFLY_MILLIS) <= 0) {
        throw e;
      }
    }
  }

  private int read() throws IOException {
    return answer.readFrom(Objects.requireNonNull(in, "An established connection"));
  }

  /** How much could be read within that time; negative when the server has hung up. */
  private int peek(int millis) throws IOException {
    speaking.setSoTimeout(millis);
    try {
      return read();
    } catch (SocketTimeoutException e) {
      // Nothing came, which is an answer too.
      return 0;
    } finally {
      speaking.setSoTimeout(0);
    }
  }

  /** An end that came from the watching thread is told from one that came from the server. */
  IOException explained(IOException e) {
    if (aborted) {
      var late = new SocketTimeoutException("The time for the request is up");
      late.initCause(e);
      return late;
    }
    if (e.getClass() == IOException.class) {
      // Channels call a broken pipe no more than that.
      var lost = new SocketException(e.getMessage());
      lost.initCause(e);
      return lost;
    }
    return e;
  }

  /** Takes a request up; nothing is sent yet. */
  void begin(OutgoingRequest next) {
    sent = false;
    request.put(next);
    answer.begin();
  }

  /** Sends what the socket takes without waiting; whether all of the request is sent now. */
  boolean send() throws IOException {
    sent = request.writeTo(Objects.requireNonNull(channel));
    return sent;
  }

  /** Reads what has come, without waiting; whether the answer is whole now. */
  boolean receive() throws IOException, HttpException {
    int read = answer.readFrom(Objects.requireNonNull(channel));
    if (read < 0) {
      answer.end();
      return true;
    }
    return read > 0 && answer.advance();
  }

  /** The answer to the last request, once it is whole. */
  Answer answer() {
    return answer.answer();
  }

  /** From now on it does not wait, and {@code selector} tells when it can go on. */
  SelectionKey register(Selector next, Object attachment) throws IOException {
    selector = next;
    var registered = Objects.requireNonNull(channel);
    registered.configureBlocking(false);
    return registered.register(next, SelectionKey.OP_READ, attachment);
  }

  /** From now on it waits again. Its key is cancelled. */
  void unregister() throws IOException {
    selector = null;
    Objects.requireNonNull(channel).configureBlocking(true);
  }

  /** Hands it to a thread that has until {@code next}. */
  void lease(Deadline next) {
    deadline = next;
  }

  /** Nobody speaks now. */
  void rest(long nanos) {
    idleSince = nanos;
    deadline = null;
    request.forget();
  }

  long idleSince() {
    return idleSince;
  }

  /** Whether the server has hung up, or said something unasked, while it was idle. */
  boolean isStale() {
    answer.begin();
    try {
      return (channel == null ? peek(1) : glance(channel)) != 0;
    } catch (IOException e) {
      // It cannot even be looked at: stale.
      return true;
    }
  }

  private int glance(SocketChannel idle) throws IOException {
    idle.configureBlocking(false);
    int read = answer.readFrom(idle);
    idle.configureBlocking(true);
    return read;
  }

  /** Closes it when whoever speaks has run out of time. Called by the watching thread. */
  boolean abortIfLate() {
    var limit = deadline;
    if (limit == null || !limit.passed()) {
      return false;
    }
    aborted = true;
    cut();
    return true;
  }

  boolean isOpen() {
    return !socket.isClosed();
  }

  /** Closes the socket under whoever reads or writes; they get an exception. */
  void cut() {
    closeQuietly(socket);
    var waitedAt = selector;
    if (waitedAt != null) {
      waitedAt.wakeup();
    }
  }

  /**
   * Closes it for good: at once, and without a word about what was not sent. Nor by TLS: its
   * farewell waits for a server that does not read, and reads away all that one sends.
   */
  void close() {
    try {
      socket.setSoLinger(true, 0);
    } catch (SocketException e) {
      LOG.trace("A socket was closed already", e);
    }
    closeQuietly(socket);
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way, and nothing unsent was promised to anybody.
      LOG.trace("A socket was not closed in order", e);
    }
  }
}
