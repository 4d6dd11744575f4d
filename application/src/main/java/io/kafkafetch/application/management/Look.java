package io.kafkafetch.application.management;

import io.kafkafetch.application.driving.ConsumerTrial.Check;
import io.kafkafetch.application.driving.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something to be looked at that may take a while.
 *
 * @param name what a check is called that has to say that looking failed
 */
record Look(String name, Callable<List<Check>> how) {
  private static final Logger LOG = LoggerFactory.getLogger(Look.class);

  /** All of them together take no longer. */
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** Looks at all at once; what takes too long is said to. */
  static List<Check> all(List<Look> looks) {
    var executor = Executors.newVirtualThreadPerTaskExecutor();
    try {
      var answers =
          executor.invokeAll(
              looks.stream().map(Look::how).toList(), LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      var checks = new ArrayList<Check>();
      for (int i = 0; i < looks.size(); i++) {
        checks.addAll(looks.get(i).checks(answers.get(i)));
      }
      return checks;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal.Unavailable("The server is stopping", Duration.ofSeconds(5));
    } finally {
      // Nobody waits for those that were given up; their own time limits end them.
      executor.shutdownNow();
    }
  }

  private List<Check> checks(Future<List<Check>> answer) throws InterruptedException {
    try {
      return answer.get();
    } catch (CancellationException late) {
      return List.of(
          new Check(name, false, "There was no answer within " + LIMIT.toSeconds() + " s"));
    } catch (ExecutionException e) {
      LOG.error("Looking at {} failed", name, e.getCause());
      return List.of(
          new Check(name, false, "Looking at it failed for a reason that is in the server's log"));
    }
  }
}
