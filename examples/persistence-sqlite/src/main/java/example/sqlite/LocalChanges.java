package example.sqlite;

import io.kafkafetch.application.driven.Changes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** News of changes within this process, which is the only one that changes the file. */
final class LocalChanges implements Changes, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalChanges.class);

  private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();

  void tell() {
    subscriptions.forEach(Subscription::wake);
  }

  @Override
  public Listening listen(Runnable onChange) {
    var subscription = new Subscription(onChange);
    subscriptions.add(subscription);
    Thread.ofVirtual().name("changes").start(subscription::run);
    return subscription;
  }

  @Override
  public void close() {
    subscriptions.forEach(Subscription::close);
  }

  /** One listener, called by a thread of its own; what comes while it is busy is told once. */
  private final class Subscription implements Listening {
    private final Runnable onChange;
    private final Semaphore untold = new Semaphore(0);
    private volatile boolean over;

    private Subscription(Runnable onChange) {
      this.onChange = onChange;
    }

    private void wake() {
      untold.release();
    }

    private void run() {
      while (!over) {
        untold.acquireUninterruptibly();
        untold.drainPermits();
        try {
          if (!over) {
            onChange.run();
          }
        } catch (RuntimeException e) {
          LOG.error("A listener failed; it is told of the next change", e);
        }
      }
    }

    @Override
    public void close() {
      over = true;
      subscriptions.remove(this);
      wake();
    }
  }
}
