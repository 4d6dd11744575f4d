package io.kafkafetch.adapter.http.server;

import io.kafkafetch.adapter.http.HttpLimits;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Completes a request only after the rest of its body was read away, within bounds. A connection
 * that is closed over unread bytes is reset, and a reset may take the answer with it before the
 * sender, still busy sending, has looked at it.
 */
final class Drain implements Callback {
  private final Incoming request;
  private final HttpLimits limits;
  private final Callback after;
  private final AtomicBoolean done = new AtomicBoolean();
  private long bytes;
  private Scheduler.Task timer = () -> true;

  Drain(Incoming request, HttpLimits limits, Callback after) {
    this.request = request;
    this.limits = limits;
    this.after = after;
  }

  @Override
  public void succeeded() {
    if (request.isRead() || request.isHeldBack()) {
      finish();
      return;
    }
    timer =
        request
            .getComponents()
            .getScheduler()
            .schedule(this::tooLate, limits.drainTime().toMillis(), TimeUnit.MILLISECONDS);
    read();
  }

  @Override
  public void failed(Throwable failure) {
    if (done.compareAndSet(false, true)) {
      after.failed(failure);
    }
  }

  /** Content has one reader at a time: the timer does not complete the request under the loop. */
  private synchronized void tooLate() {
    finish();
  }

  private synchronized void read() {
    while (!done.get()) {
      var chunk = request.read();
      if (chunk == null) {
        request.demand(this::read);
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        finish();
        return;
      }
      bytes += chunk.remaining();
      chunk.release();
      if (chunk.isLast() || bytes > limits.drainBytes()) {
        finish();
        return;
      }
    }
  }

  private void finish() {
    if (done.compareAndSet(false, true)) {
      timer.cancel();
      after.succeeded();
    }
  }
}
