package io.kafkafetch.application.deadletters;

import io.kafkafetch.application.driving.Refusal;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The redrives of this server, each on a thread of its own. Safe for any thread. */
final class RunningRedrives implements AutoCloseable {
  private static final int MOST = 8;
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  /** Guarded by this object, as are the next two. */
  private final Map<UUID, Running> running = new HashMap<>();

  /** Those that run or are about to. */
  private final Set<UUID> known = new HashSet<>();

  private boolean closed;

  private record Running(RedriveJob job, Thread thread) {}

  /**
   * There will be one more, to be started or {@link #ended}.
   *
   * @throws Refusal.TooMany when there is no room for it
   */
  synchronized void expect(UUID id) {
    if (closed || known.size() >= MOST) {
      throw new Refusal.TooMany(
          "This server runs " + MOST + " redrives at once", Duration.ofSeconds(10));
    }
    known.add(id);
  }

  /** Whether it runs here, or is about to. */
  synchronized boolean knows(UUID id) {
    return known.contains(id);
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

  synchronized void ended(UUID id) {
    running.remove(id);
    known.remove(id);
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
