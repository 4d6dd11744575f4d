package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.driving.Refusal;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.IllegalGenerationException;
import org.apache.kafka.common.errors.InconsistentGroupProtocolException;
import org.apache.kafka.common.errors.InvalidGroupIdException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownMemberIdException;

/** What a session's client is told about an exception of Kafka's client. */
final class SessionFaults {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private SessionFaults() {}

  /** The refusal for a fault, unwrapped from what futures put around it. */
  static Refusal of(Throwable fault) {
    return switch (fault) {
      case Refusal refusal -> refusal;
      case CompletionException e when e.getCause() != null -> of(e.getCause());
      case ExecutionException e when e.getCause() != null -> of(e.getCause());
      case TopicAuthorizationException e ->
          new Refusal.Forbidden(
              "The server is not authorized to read " + String.join(", ", e.unauthorizedTopics()));
      case GroupAuthorizationException e ->
          new Refusal.Forbidden(
              "The server is not authorized to use the consumer group " + e.groupId());
      case AuthorizationException e ->
          new Refusal.Forbidden("The server is not authorized: " + e.getMessage());
      case AuthenticationException _ ->
          new Refusal.Forbidden("Kafka refuses the server's credentials");
      case InvalidTopicException e -> new Refusal.NotFound("Topic not found: " + e.getMessage());
      case InvalidGroupIdException e -> new Refusal.Invalid("group_id", "is refused by Kafka");
      case InconsistentGroupProtocolException _ ->
          new Refusal.Conflict(
              "The group has members with another assignment protocol (sessions use"
                  + " cooperative-sticky); use a group of its own");
      case CommitFailedException _, IllegalGenerationException _, UnknownMemberIdException _ ->
          new Refusal.Conflict(
              "The group takes no commit from this session: it has rebalanced, or other members"
                  + " are active in it. Nothing was committed; poll to see the assignment");
      case RebalanceInProgressException _ ->
          new Refusal.Conflict(
              "The group is rebalancing. Nothing was committed; poll, then commit again");
      case RetriableCommitFailedException e ->
          unavailable("Kafka did not take the commit: " + Faults.sentence(e));
      case TimeoutException e -> unavailable("Kafka did not answer in time");
      case KafkaException e -> unavailable(Faults.sentence(e));
      case IllegalStateException e -> unavailable(Faults.sentence(e));
      default -> throw new IllegalStateException("A session met an unknown fault", fault);
    };
  }

  private static Refusal unavailable(String detail) {
    return new Refusal.Unavailable("Kafka cannot be reached: " + detail, RETRY_AFTER);
  }

  /** The token or the assignment is from before a seek or a lost partition. */
  static Refusal stale() {
    return new Refusal.Conflict(
        "The token is from before a seek or a lost partition. Nothing was committed; poll without"
            + " a token to go on");
  }
}
