package io.kafkafetch.adapter.processors.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http2.H2Error;
import org.apache.hc.core5.http2.H2StreamResetException;
import org.jspecify.annotations.Nullable;

/** Reads an answer away, up to {@link AnswerReader#MAX_BODY} bytes. One I/O thread calls. */
final class Http2Answer implements AsyncResponseConsumer<Answer> {
  private final CompletableFuture<Answer> promise;
  private @Nullable Answer answer;
  private @Nullable FutureCallback<Answer> whole;
  private long received;

  Http2Answer(CompletableFuture<Answer> promise) {
    this.promise = promise;
  }

  @Override
  public void consumeResponse(
      HttpResponse response,
      @Nullable EntityDetails entity,
      HttpContext context,
      FutureCallback<Answer> callback) {
    answer = Answer.of(response);
    whole = callback;
    if (entity == null) {
      callback.completed(answer);
    }
  }

  @Override
  public void informationResponse(HttpResponse response, HttpContext context) {}

  @Override
  public void updateCapacity(CapacityChannel capacity) throws IOException {
    capacity.update(AnswerReader.MAX_BODY);
  }

  @Override
  public void consume(ByteBuffer body) throws IOException {
    received += body.remaining();
    body.position(body.limit());
    if (received > AnswerReader.MAX_BODY && answer != null) {
      promise.complete(answer);
      // Resets the stream alone: any other exception would end the connection and, with it, the
      // requests that share it.
      throw new H2StreamResetException(H2Error.CANCEL, "The answer is longer than anybody reads");
    }
  }

  @Override
  public void streamEnd(@Nullable List<? extends Header> trailers) {
    if (whole != null && answer != null) {
      whole.completed(answer);
    }
  }

  @Override
  public void failed(Exception cause) {
    promise.completeExceptionally(cause);
  }

  @Override
  public void releaseResources() {}

  /** Passes the outcome of an exchange on to whoever waits. */
  record Completion(CompletableFuture<Answer> promise) implements FutureCallback<Answer> {
    @Override
    public void completed(Answer result) {
      promise.complete(result);
    }

    @Override
    public void failed(Exception cause) {
      promise.completeExceptionally(cause);
    }

    @Override
    public void cancelled() {
      promise.completeExceptionally(new IOException("The request was cancelled"));
    }
  }
}
