package io.kafkafetch.adapter.processors.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 connection, spoken with by one thread at a time. Reads and writes carry no timeout
 * of their own: {@link ConnectionPool} closes the socket under them once their deadline has passed,
 * which also ends a write that a server does not take and an answer that drips.
 */
final class Connection {
  /** An answer's body is read away up to here; beyond it the connection is given up instead. */
  static final int MAX_ANSWER_BODY = 64 * 1024;

  private static final int MAX_INTERIM_ANSWERS = 16;

  /** Asked for, and not looked into. */
  private static final HttpCoreContext NO_CONTEXT = HttpCoreContext.create();

  private static final String[] OFFERED = {"h2", "http/1.1"};
  private static final String[] OFFERED_OLD = {"http/1.1"};
  private static final Http1Config LIMITS =
      Http1Config.custom()
          .setBufferSize(8192)
          .setMaxLineLength(16 * 1024)
          .setMaxHeaderCount(200)
          .setMaxEmptyLineCount(10)
          .build();

  private final Origin origin;
  private final Socket socket;
  private final DefaultBHttpClientConnection http =
      new DefaultBHttpClientConnection(
          LIMITS, null, null, null, null, null, _ -> new WholeHeadParser(LIMITS));
  private final RequestBytes request = new RequestBytes();
  private final byte[] waste = new byte[4096];
  private @Nullable OutputStream out;
  private boolean http2;
  private boolean reusable;
  private boolean answered;
  private long idleSince;

  /** Written by the thread that speaks, read by the one that watches; null while idle. */
  private volatile @Nullable Deadline deadline;

  private volatile boolean aborted;

  Connection(Origin origin, Socket socket, Deadline deadline) {
    this.origin = origin;
    this.socket = socket;
    this.deadline = deadline;
  }

  /** Agrees on encryption, where the origin asks for it, and on the version of HTTP. */
  void establish(SSLContext tls, boolean offerHttp2) throws IOException {
    if (!origin.secure()) {
      http.bind(socket);
      out = socket.getOutputStream();
      return;
    }
    var secured =
        (SSLSocket) tls.getSocketFactory().createSocket(socket, origin.host(), origin.port(), true);
    var parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setApplicationProtocols(offerHttp2 ? OFFERED : OFFERED_OLD);
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    http2 = "h2".equals(secured.getApplicationProtocol());
    http.bind(secured, socket);
    out = secured.getOutputStream();
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
    return reusable && !aborted;
  }

  /** Whether the last request was answered at all, if only in part. */
  boolean wasAnswered() {
    return answered;
  }

  /** Whether it was closed because its time was up. */
  boolean wasAborted() {
    return aborted;
  }

  /** Sends the request and reads the answer away. */
  Answer exchange(OutgoingRequest next) throws IOException, HttpException {
    reusable = false;
    answered = false;
    try {
      boolean sent = write(next);
      var response = readHead();
      answered = true;
      var answer = Answer.of(response);
      http.receiveResponseEntity(response);
      boolean drained = drain(response);
      reusable =
          sent
              && drained
              && DefaultConnectionReuseStrategy.INSTANCE.keepAlive(null, response, NO_CONTEXT);
      return answer;
    } catch (IOException e) {
      if (aborted) {
        var late = new SocketTimeoutException("The time for the request is up");
        late.initCause(e);
        throw late;
      }
      throw e;
    }
  }

  /**
   * Whether all of it was sent. A server that refuses a large body may answer and hang up before it
   * has read it; what it answered is then still worth reading.
   */
  private boolean write(OutgoingRequest next) throws IOException {
    try {
      request.write(next, Objects.requireNonNull(out, "An established connection"));
      return true;
    } catch (IOException e) {
      if (aborted || next.body().length == 0 || !http.isDataAvailable(BRIEFLY)) {
        throw e;
      }
      return false;
    }
  }

  private static final Timeout BRIEFLY = Timeout.ofMilliseconds(100);

  private ClassicHttpResponse readHead() throws IOException, HttpException {
    for (int i = 0; i < MAX_INTERIM_ANSWERS; i++) {
      var response = http.receiveResponseHeader();
      if (response.getCode() >= 200) {
        return response;
      }
    }
    throw new HttpException("Only interim answers");
  }

  private boolean drain(ClassicHttpResponse response) throws IOException {
    var entity = response.getEntity();
    if (entity == null) {
      return true;
    }
    // Not in try-with-resources: closing would read to the end, however far that is.
    var body = entity.getContent();
    int left = MAX_ANSWER_BODY;
    while (left >= 0) {
      int read = body.read(waste);
      if (read < 0) {
        return true;
      }
      left -= read;
    }
    return false;
  }

  /** Hands it to a thread that has until {@code next}. */
  void lease(Deadline next) {
    deadline = next;
  }

  /** Nobody speaks now. */
  void rest(long nanos) {
    idleSince = nanos;
    deadline = null;
  }

  long idleSince() {
    return idleSince;
  }

  /** Whether the server has hung up, or said something unasked, while it was idle. */
  boolean isStale() {
    try {
      return http.isStale();
    } catch (IOException e) {
      // It cannot even be looked at: stale.
      return true;
    }
  }

  /** Closes it when whoever speaks has run out of time. Called by the watching thread. */
  boolean abortIfLate() {
    var limit = deadline;
    if (limit == null || !limit.passed()) {
      return false;
    }
    aborted = true;
    closeSocket();
    return true;
  }

  /** Closes the socket under whoever reads or writes; they get an exception. */
  void cut() {
    closeSocket();
  }

  /** Closes it for good. */
  void close() {
    http.close(CloseMode.IMMEDIATE);
    closeSocket();
  }

  private void closeSocket() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way, and nothing unsent was promised to anybody.
      reusable = false;
    }
  }
}
