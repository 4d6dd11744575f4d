package io.kafkafetch.adapter.http.produce;

import io.kafkafetch.adapter.http.problem.HttpError;
import io.kafkafetch.adapter.http.problem.Problem;
import io.kafkafetch.adapter.http.problem.ProblemException;
import io.kafkafetch.adapter.http.problem.Problems;
import io.kafkafetch.application.driving.Receipt;
import io.kafkafetch.application.driving.Refusal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What became of a record. */
sealed interface Outcome {
  /** Longer than any send takes; only a defect makes a caller wait so long. */
  Duration PATIENCE = Duration.ofSeconds(30);

  /** Where it went, or was to go. */
  String topic();

  /** All in-sync replicas have it. */
  record Written(String topic, Receipt receipt) implements Outcome {}

  /**
   * It was refused, or nobody knows.
   *
   * @param reason the sentence without what comes before it
   */
  record Failed(String topic, Problem problem, String reason) implements Outcome {}

  /** Waits for what becomes of a record. */
  static Outcome of(String topic, CompletableFuture<Receipt> answer) {
    try {
      return new Written(topic, answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Refusal refusal) {
        return failed(topic, Problems.of(refusal));
      }
      if (e.getCause() instanceof ProblemException ours) {
        return failed(topic, ours.problem());
      }
      throw new IllegalStateException("A record failed for no reason that is a refusal", e);
    } catch (TimeoutException e) {
      return unknown(topic, "Kafka did not acknowledge the record in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unknown(topic, "The server stopped waiting for the acknowledgement");
    }
  }

  /** Refused in that way. */
  static Failed failed(String topic, Problem problem) {
    return new Failed(
        topic,
        new Problem(
            problem.status(),
            "Failed to produce message: " + problem.detail(),
            problem.violations(),
            problem.retryAfter()),
        problem.detail());
  }

  private static Failed unknown(String topic, String reason) {
    return failed(
        topic, Problem.of(HttpError.GATEWAY_TIMEOUT, reason + ": the outcome is unknown"));
  }
}
