package io.kafkafetch.bootstrap.storage;

import io.kafkafetch.adapter.persistence.SecretKeyException;
import io.kafkafetch.application.driven.Changes;
import io.kafkafetch.application.driven.Consumers;
import io.kafkafetch.application.driven.Fleet;
import io.kafkafetch.application.driven.Redrives;
import io.kafkafetch.application.driven.RunReports;
import io.kafkafetch.application.driven.Storage;
import io.kafkafetch.application.driving.Refusal;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Storage whose database need not be there yet: it is opened in the background, tried again until
 * it is, and every call is refused as unavailable until then. A server that starts before its
 * database is thus up, tells why it is not ready, and becomes ready by itself.
 */
public final class AwaitedStorage implements Storage {
  private static final Logger LOG = LoggerFactory.getLogger(AwaitedStorage.class);
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

  private final Supplier<Storage> open;
  private final Thread opener;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AwaitedChanges changes = new AwaitedChanges();

  /** Null until it is open; written under this object's monitor. */
  private volatile @Nullable Storage storage;

  /** Opened once it was tried. */
  private final CountDownLatch tried = new CountDownLatch(1);

  /** Set when the last try found another key. */
  private volatile @Nullable SecretKeyException wrongKey;

  /** Why it is not, in a sentence. */
  private volatile String trouble = "The database is not connected yet: the server is starting.";

  private AwaitedStorage(Supplier<Storage> open) {
    this.open = open;
    this.opener = Thread.ofPlatform().daemon().name("open storage").unstarted(this::run);
  }

  /**
   * Begins to open a storage.
   *
   * @param open throws {@link Refusal.Unavailable} while the database cannot be reached
   */
  public static AwaitedStorage of(Supplier<Storage> open) {
    var awaited = new AwaitedStorage(open);
    awaited.opener.start();
    return awaited;
  }

  /**
   * Waits until it was tried once, or that time has passed: a wrong key, unlike a database that is
   * away, should be told to whoever is starting the server.
   *
   * @throws SecretKeyException if the database was opened with another key; this is closed then
   */
  public AwaitedStorage requireKey(Duration limit) {
    try {
      if (!tried.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.debug("The database has not answered within {}", limit);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    var refused = wrongKey;
    if (refused != null) {
      close();
      throw refused;
    }
    return this;
  }

  @Override
  public Consumers consumers() {
    return new AwaitedConsumers(() -> opened().consumers());
  }

  @Override
  public RunReports reports() {
    return new AwaitedRunReports(() -> opened().reports());
  }

  @Override
  public Redrives redrives() {
    return new AwaitedRedrives(() -> opened().redrives());
  }

  @Override
  public Fleet fleet() {
    return new AwaitedFleet(() -> opened().fleet());
  }

  @Override
  public Changes changes() {
    return changes;
  }

  @Override
  public boolean isReachable() {
    var current = storage;
    return current != null && current.isReachable();
  }

  @Override
  public void close() {
    closed.countDown();
    opener.interrupt();
    try {
      opener.join(CLOSE_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      if (storage != null) {
        storage.close();
      }
    }
  }

  private Storage opened() {
    var current = storage;
    if (current == null) {
      throw new Refusal.Unavailable(trouble, SHORTEST_PAUSE);
    }
    return current;
  }

  private void run() {
    try {
      var pause = SHORTEST_PAUSE;
      while (!tryOpen() && !closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        pause =
            pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                ? pause.multipliedBy(2)
                : LONGEST_PAUSE;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean tryOpen() {
    try {
      use(open.get());
      return true;
    } catch (Refusal.Unavailable away) {
      tell(away.detail());
    } catch (SecretKeyException another) {
      wrongKey = another;
      tell(another.sentence());
    } catch (RuntimeException defect) {
      tell("The tables in the database cannot be used.");
      LOG.error("The tables in the database cannot be brought up to date", defect);
    } finally {
      tried.countDown();
    }
    return false;
  }

  /** Once for each reason, however often it is tried. */
  private void tell(String reason) {
    if (!reason.equals(trouble)) {
      trouble = reason;
      LOG.warn("{} Trying again until it works; management answers 503 meanwhile", reason);
    }
  }

  private void use(Storage opened) {
    synchronized (this) {
      if (closed.getCount() == 0) {
        opened.close();
        return;
      }
      storage = opened;
    }
    changes.follow(opened.changes());
    LOG.info("The database is connected");
  }
}
