package io.kafkafetch.embedded;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A child that outlived its parent: found by its process id, known by its command line. */
final class Orphan {
  private static final Logger LOG = LoggerFactory.getLogger(Orphan.class);
  private static final Duration KILL_LIMIT = Duration.ofSeconds(10);

  private Orphan() {}

  /**
   * The process, if it is alive and truly ours.
   *
   * @param argument what its command line must contain; a process id alone may be someone else's by
   *     now
   */
  static Optional<ProcessHandle> find(long pid, String argument) {
    return ProcessHandle.of(pid)
        .filter(handle -> handle.info().commandLine().orElse("").contains(argument));
  }

  /** Ends the process: politely first, then with SIGKILL, each within a bound. */
  static void reap(ProcessHandle orphan, Consumer<ProcessHandle> politely, Duration limit) {
    LOG.info("Ending process {}, which an earlier run left behind", orphan.pid());
    politely.accept(orphan);
    if (!ends(orphan, limit)) {
      var descendants = orphan.descendants().toList();
      orphan.destroyForcibly();
      descendants.forEach(ProcessHandle::destroyForcibly);
      awaitEnd(orphan);
      descendants.forEach(Orphan::awaitEnd);
    }
  }

  static void awaitEnd(ProcessHandle process) {
    if (!ends(process, KILL_LIMIT)) {
      throw new EmbeddedException("Process " + process.pid() + " does not end after SIGKILL");
    }
  }

  private static boolean ends(ProcessHandle process, Duration limit) {
    try {
      process.onExit().get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return !process.isAlive();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedException("Interrupted while process " + process.pid() + " was ending", e);
    }
  }
}
