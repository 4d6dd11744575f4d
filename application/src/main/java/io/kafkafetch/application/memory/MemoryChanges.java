package io.kafkafetch.application.memory;

import io.kafkafetch.application.driven.Changes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** News of changes within one process. Who changes something never waits for who listens. */
final class MemoryChanges implements Changes, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(MemoryChanges.class);

  private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  void tell() {
    subscriptions.forEach(Subscription::wake);
  }

  @Override
  public Listening listen(Runnable onChange) {
    if (closed) {
      throw new IllegalStateException("The storage is closed");
    }
    var subscription = new Subscription(onChange);
    subscriptions.add(subscription);
    subscription.thread.start();
    return subscription;
  }

  @Override
  public void close() {
    closed = true;
    subscriptions.forEach(Subscription::close);
  }

  /** A listener with a thread of its own; changes that come while it is busy are told once. */
  private final class Subscription implements Listening {
    private final Runnable onChange;
    private final Semaphore untold = new Semaphore(0);
    private final Thread thread = Thread.ofVirtual().name("changes").unstarted(this::run);
    private volatile boolean over;

    Subscription(Runnable onChange) {
      this.onChange = onChange;
    }

    void wake() {
      untold.release();
    }

    private void run() {
      while (!over) {
        untold.acquireUninterruptibly();
        untold.drainPermits();
        if (!over) {
          callListener();
        }
      }
    }

    private void callListener() {
      try {
        onChange.run();
      } catch (RuntimeException e) {
        log.error("A listener to changes failed; it will be told of the next change", e);
      }
    }

    @Override
    public void close() {
      over = true;
      subscriptions.remove(this);
      // Wakes the thread without interrupting a listener that is just being called.
      untold.release();
    }
  }
}
