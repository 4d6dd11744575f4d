package io.kafkafetch.adapter.kafka;

import io.kafkafetch.domain.processor.Cause;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.InconsistentGroupProtocolException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidGroupIdException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Tells what of Kafka's errors may pass from what needs a person, in words for an operator. */
final class Faults {
  private Faults() {}

  /** The cause behind an exception of the client. */
  static Cause cause(RuntimeException fault) {
    return switch (fault) {
      case UnusableClientConfigException e -> new Cause.Fatal(e.reason());
      case SslAuthenticationException e ->
          new Cause.Fatal("TLS with the broker cannot be had: " + sentence(e));
      case AuthenticationException e ->
          new Cause.Fatal("The broker refuses our credentials: " + sentence(e));
      case TopicAuthorizationException e ->
          new Cause.Fatal("Not authorized to read " + String.join(", ", e.unauthorizedTopics()));
      case GroupAuthorizationException e ->
          new Cause.Fatal("Not authorized to use the consumer group " + e.groupId());
      case AuthorizationException e -> new Cause.Fatal("Not authorized: " + e.getMessage());
      case InvalidTopicException e -> new Cause.Fatal("Not a legal topic: " + e.getMessage());
      case InvalidGroupIdException e -> new Cause.Fatal("Not a legal group: " + e.getMessage());
      case InconsistentGroupProtocolException _ ->
          new Cause.Fatal(
              "The group is used by members with another assignment protocol; give this consumer a"
                  + " group of its own");
      case UnsupportedVersionException e ->
          new Cause.Fatal("The broker is too old: " + e.getMessage());
      case InvalidConfigurationException e ->
          new Cause.Fatal("The broker refuses the client's configuration: " + e.getMessage());
      default -> new Cause.Transient(sentence(fault));
    };
  }

  /** What an exception says, with the innermost reason, and never only a class name. */
  static String sentence(Throwable fault) {
    var message = fault.getMessage();
    var deeper = fault.getCause();
    if (fault instanceof KafkaException
        && deeper != null
        && deeper.getMessage() != null
        && !String.valueOf(message).contains(deeper.getMessage())) {
      return (message == null ? "" : message + ": ") + deeper.getMessage();
    }
    return message == null || message.isBlank()
        ? "Kafka answered with " + fault.getClass().getSimpleName()
        : message;
  }
}
