package io.kafkafetch.adapter.processors.http;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.RequestNotExecutedException;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.http2.config.H2Config;
import org.apache.hc.core5.http2.impl.nio.bootstrap.H2MultiplexingRequester;
import org.apache.hc.core5.http2.impl.nio.bootstrap.H2MultiplexingRequesterBootstrap;
import org.apache.hc.core5.http2.ssl.H2ClientTlsStrategy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Requests over HTTP/2 (RFC 9113): all of an origin share one connection. Its threads are started
 * with the first request, since most processors never need them.
 */
final class Http2 implements AutoCloseable {
  /** An address that was checked is kept for new connections that long, unless one fails. */
  private static final long PINNED_NANOS = TimeUnit.SECONDS.toNanos(60);

  private static final long IDLE_MILLIS = TimeUnit.SECONDS.toMillis(30);

  private final Targets targets;
  private final SSLContext tls;
  private final Timeout silence;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable H2MultiplexingRequester requester;
  private @Nullable Pin pin;
  private boolean closed;

  /** When an answer last came; read and written by any thread, where the newest or so will do. */
  private volatile long lastAnswer;

  private record Pin(Origin origin, HttpHost host, long since) {}

  Http2(Targets targets, SSLContext tls, long timeoutMillis) {
    this.targets = targets;
    this.tls = tls;
    // Nothing is heard while a server thinks: it may do so until the request runs out of time.
    silence = Timeout.ofMilliseconds(timeoutMillis + IDLE_MILLIS);
  }

  /** Sends a request and waits for its answer, until the deadline at most. */
  Answer send(OutgoingRequest request, Deadline deadline) throws IOException, HttpException {
    try {
      return sendOnce(request, deadline);
    } catch (RequestNotExecutedException e) {
      // The connection went away before the request was looked at: it is safe on another one.
      return sendOnce(request, deadline);
    }
  }

  private Answer sendOnce(OutgoingRequest request, Deadline deadline)
      throws IOException, HttpException {
    long started = System.nanoTime();
    var client = client();
    var host = pinned(request.destination().origin(), deadline);
    var answer = new CompletableFuture<Answer>();
    var exchange = execute(client, host, request, answer, deadline);
    try {
      var received = answer.get(deadline.nanosLeft(), TimeUnit.NANOSECONDS);
      lastAnswer = System.nanoTime();
      return received;
    } catch (TimeoutException | SocketTimeoutException e) {
      exchange.cancel(true);
      forgetSilent(client, started);
      var late = new SocketTimeoutException("The time for the request is up");
      late.initCause(e);
      throw late;
    } catch (ExecutionException e) {
      unpin();
      throw rethrown(e.getCause());
    } catch (InterruptedException e) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted", e);
    }
  }

  private static Future<Answer> execute(
      H2MultiplexingRequester client,
      HttpHost host,
      OutgoingRequest request,
      CompletableFuture<Answer> answer,
      Deadline deadline)
      throws IOException {
    var head = new BasicHttpRequest(request.method(), host, request.destination().target());
    request.allHeaders().forEach(head::addHeader);
    var entity =
        request.body().length == 0 ? null : new BasicAsyncEntityProducer(request.body(), null);
    return client.execute(
        host,
        new BasicRequestProducer(head, entity),
        new Http2Answer(answer),
        null,
        Timeout.ofMilliseconds(deadline.millisLeft()),
        HttpCoreContext.create(),
        new Http2Answer.Completion(answer));
  }

  private static IOException rethrown(@Nullable Throwable cause) throws HttpException {
    return switch (cause) {
      case RequestNotExecutedException e -> e;
      case HttpException e -> throw e;
      case IOException e -> e;
      case null -> new IOException("The request failed");
      default -> new IOException("The request failed", cause);
    };
  }

  private H2MultiplexingRequester client() throws IOException {
    lock.lock();
    try {
      if (closed) {
        throw new IOException("The processor is closed");
      }
      if (requester == null) {
        requester = start();
      }
      return requester;
    } finally {
      lock.unlock();
    }
  }

  private H2MultiplexingRequester start() {
    var started =
        H2MultiplexingRequesterBootstrap.bootstrap()
            .setIOReactorConfig(
                IOReactorConfig.custom()
                    .setIoThreadCount(1)
                    .setSoTimeout(silence)
                    .setTcpNoDelay(true)
                    .build())
            .setH2Config(H2Config.custom().setPushEnabled(false).build())
            .setTlsStrategy(new H2ClientTlsStrategy(tls))
            .setStrictALPNHandshake(true)
            .create();
    started.setValidateAfterInactivity(TimeValue.ofSeconds(1));
    started.start();
    return started;
  }

  /** The origin at a checked address: the library connects there and looks up nothing. */
  private HttpHost pinned(Origin origin, Deadline deadline) throws IOException {
    lock.lock();
    try {
      var current = pin;
      if (current != null
          && current.origin().equals(origin)
          && System.nanoTime() - current.since() < PINNED_NANOS) {
        return current.host();
      }
    } finally {
      lock.unlock();
    }
    var host = origin.at(targets.permitted(origin, deadline.nanosLeft()).getFirst());
    lock.lock();
    try {
      pin = new Pin(origin, host, System.nanoTime());
      return host;
    } finally {
      lock.unlock();
    }
  }

  private void unpin() {
    lock.lock();
    try {
      pin = null;
    } finally {
      lock.unlock();
    }
  }

  /** A connection on which nothing came while a request ran out of time is not used again. */
  private void forgetSilent(H2MultiplexingRequester client, long since) {
    if (lastAnswer - since < 0) {
      unpin();
      client.getConnPool().enumAvailable(session -> session.close(CloseMode.IMMEDIATE));
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      if (requester != null) {
        requester.close(CloseMode.IMMEDIATE);
      }
    } finally {
      lock.unlock();
    }
  }
}
