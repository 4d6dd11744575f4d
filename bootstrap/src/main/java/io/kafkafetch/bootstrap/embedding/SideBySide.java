package io.kafkafetch.bootstrap.embedding;

import io.kafkafetch.bootstrap.lifecycle.StartFailure;
import io.kafkafetch.embedded.EmbeddedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts several at once: all come up, or none stays up. Used by one thread, once. */
final class SideBySide {
  private static final Logger LOG = LoggerFactory.getLogger(SideBySide.class);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Future<? extends AutoCloseable>> futures = new ArrayList<>();

  /** The first one is the cause; what comes after is what the interrupts did to the others. */
  private final Queue<EmbeddedException> failures = new ConcurrentLinkedQueue<>();

  /** Begins to start one, if it is wanted at all. */
  <T extends AutoCloseable> Optional<Future<T>> begin(boolean wanted, Supplier<T> start) {
    if (!wanted) {
      return Optional.empty();
    }
    var future =
        threads.submit(() -> {
          try {
            return start.get();
          } catch (EmbeddedException e) {
            failures.add(e);
            threads.shutdownNow();
            throw e;
          }
        });
    futures.add(future);
    return Optional.of(future);
  }

  /**
   * Returns when all are up.
   *
   * @throws StartFailure when one is not, or the calling thread is interrupted; none is up then
   */
  void awaitAll() {
    // Waits for all to end; when interrupted, interrupts them and goes on waiting.
    threads.close();
    if (futures.stream().allMatch(future -> future.state() == Future.State.SUCCESS)) {
      return;
    }
    futures.stream()
        .filter(future -> future.state() == Future.State.SUCCESS)
        .forEach(future -> close(future.resultNow()));
    var first = failures.peek();
    if (first == null) {
      throw new StartFailure("The embedded servers did not start");
    }
    throw new StartFailure(first.sentence(), first);
  }

  private static void close(AutoCloseable server) {
    try {
      server.close();
    } catch (Exception e) {
      LOG.warn("An embedded server did not stop well: {}", e.toString());
    }
  }
}
