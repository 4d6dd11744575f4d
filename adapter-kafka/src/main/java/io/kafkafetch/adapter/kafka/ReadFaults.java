package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.driving.Refusal;
import java.time.Duration;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.InconsistentGroupProtocolException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Why nothing could be read, as a caller is told. */
final class ReadFaults {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private ReadFaults() {}

  /**
   * What to say.
   *
   * @param group who read, for what concerns groups; may be empty
   */
  static Refusal refusal(String group, Throwable fault) {
    return switch (fault) {
      case UnknownTopicOrPartitionException _ -> noSuchTopic();
      case AuthenticationException _ ->
          new Refusal.Unavailable("Kafka refuses this server's credentials", RETRY_AFTER);
      case TopicAuthorizationException e ->
          new Refusal.Forbidden(
              "This server is not authorized to read " + String.join(", ", e.unauthorizedTopics()));
      case GroupAuthorizationException _ ->
          new Refusal.Forbidden("This server is not authorized to use the group " + group);
      case InconsistentGroupProtocolException _ ->
          new Refusal.Conflict(
              "The group " + group + " has members with another assignment protocol");
      case TimeoutException _ ->
          new Refusal.Unavailable("Kafka cannot be reached or does not answer", RETRY_AFTER);
      default -> new Refusal.Unavailable(Faults.sentence(fault), RETRY_AFTER);
    };
  }

  static Refusal noSuchTopic() {
    return new Refusal.NotFound("Topic not found");
  }
}
