package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.domain.consumer.ClusterAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.GroupSubscribedToTopicException;
import org.apache.kafka.common.errors.InvalidGroupIdException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.UnknownMemberIdException;

/** Waits for an admin client's answers, and tells a caller in a sentence why there is none. */
final class AdminAnswers {
  private AdminAnswers() {}

  /** The answer, within that time; a fault of the client is thrown as it is. */
  static <T> T get(KafkaFuture<T> answer, Duration timeout) {
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      var cause = Objects.requireNonNullElse(e.getCause(), e);
      throw cause instanceof KafkaException kafka ? kafka : new KafkaException(cause);
    } catch (TimeoutException e) {
      throw new org.apache.kafka.common.errors.TimeoutException(
          "No answer within " + timeout.toMillis() + " ms", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new org.apache.kafka.common.errors.InterruptException(e);
    }
  }

  /** The fault as an answer to whoever asked about that cluster. */
  static Refusal refusal(KafkaException fault, ClusterAddress cluster) {
    return switch (fault) {
      case UnusableClientConfigException e -> new Refusal.Conflict(e.reason());
      case SslAuthenticationException e ->
          new Refusal.Forbidden(
              "TLS with Kafka at " + cluster.bootstrap() + " cannot be had: " + Faults.sentence(e));
      case AuthenticationException _ ->
          new Refusal.Forbidden("Kafka at " + cluster.bootstrap() + " refuses our credentials");
      case AuthorizationException e ->
          new Refusal.Forbidden("Kafka does not allow that: " + Faults.sentence(e));
      case InvalidGroupIdException _ -> new Refusal.Invalid("group_id", "must be a legal group id");
      // Kafka moves the offsets of a group only while nobody reads.
      case UnknownMemberIdException _,
          GroupNotEmptyException _,
          GroupSubscribedToTopicException _ ->
          new Refusal.Conflict("The group has members again, so that its offsets were not moved");
      default ->
          new Refusal.Unavailable(
              "Kafka at " + cluster.bootstrap() + " does not answer: " + Faults.sentence(fault),
              Duration.ofSeconds(2));
    };
  }
}
