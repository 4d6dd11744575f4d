package io.kafkafetch.application.deadletters;

import io.kafkafetch.application.driving.Refusal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The redrives of this server, each on a thread of its own. Safe for any thread. */
final class RunningRedrives implements AutoCloseable {
  private static final int MOST = 8;
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  /** Guarded by this object, as is {@link #closed}. */
  private final Map<UUID, Running> running = new HashMap<>();

  private boolean closed;

  private record Running(RedriveJob job, Thread thread) {}

  /**
   * Refuses when there is no room for one more.
   *
   * @throws Refusal.TooMany then
   */
  synchronized void requireRoom() {
    if (closed || running.size() >= MOST) {
      throw new Refusal.TooMany(
          "This server runs " + MOST + " redrives at once", Duration.ofSeconds(10));
    }
  }

  synchronized void start(UUID id, RedriveJob job) {
    var thread =
        Thread.ofPlatform()
            .daemon()
            .name("redrive-" + id)
            .unstarted(() -> {
              try {
                job.run();
              } finally {
                ended(id);
              }
            });
    running.put(id, new Running(job, thread));
    if (closed) {
      job.stop();
    }
    thread.start();
  }

  private synchronized void ended(UUID id) {
    running.remove(id);
  }

  /** Stops all and waits a little; what was given is settled or comes again. */
  @Override
  public void close() {
    Map<UUID, Running> left;
    synchronized (this) {
      closed = true;
      left = Map.copyOf(running);
    }
    left.values().forEach(it -> it.job().stop());
    try {
      for (var each : left.values()) {
        each.thread().join(CLOSE_LIMIT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
