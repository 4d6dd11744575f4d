package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.driving.Refusal;
import java.time.Duration;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Why a record was not written, or is not known to be, as a caller is told. */
final class PublishFaults {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private PublishFaults() {}

  static Refusal noSuchTopic(String topic) {
    return new Refusal.NotFound("There is no topic " + topic);
  }

  static Refusal tooLarge(String topic) {
    return new Refusal.TooLarge("The record is larger than the topic " + topic + " accepts");
  }

  /** The record has not left the producer. */
  static Refusal unsent(String topic, Throwable fault) {
    return switch (fault) {
      case BufferExhaustedException _ ->
          new Refusal.Unavailable(
              "Kafka takes records more slowly than they come and the buffer is full, nothing was"
                  + " sent",
              RETRY_AFTER);
      case TimeoutException e when e.getCause() instanceof UnknownTopicOrPartitionException ->
          noSuchTopic(topic);
      case TimeoutException e when e.getCause() != null -> unsent(topic, e.getCause());
      case TimeoutException _ ->
          new Refusal.Unavailable(
              "Kafka did not say in time who leads the topic " + topic + ", nothing was sent",
              RETRY_AFTER);
      default -> refusedByKafka(topic, fault);
    };
  }

  /** The record has left, or may have. */
  static Refusal sent(String topic, Throwable fault) {
    return switch (fault) {
      case TimeoutException _ -> unknown(topic, "Kafka did not acknowledge the record in time");
      case UnknownTopicOrPartitionException _, NotEnoughReplicasException _ ->
          refusedByKafka(topic, fault);
      case RetriableException e -> unknown(topic, Faults.sentence(e));
      default -> refusedByKafka(topic, fault);
    };
  }

  private static Refusal unknown(String topic, String reason) {
    return new Refusal.TimedOut(
        reason + ": the outcome is unknown, the record may or may not be in the topic " + topic);
  }

  private static Refusal refusedByKafka(String topic, Throwable fault) {
    return switch (fault) {
      case UnknownTopicOrPartitionException _ -> noSuchTopic(topic);
      case AuthenticationException _ ->
          new Refusal.Unavailable("Kafka refuses this server's credentials", RETRY_AFTER);
      case AuthorizationException _ ->
          new Refusal.Forbidden("This server is not authorized to write to the topic " + topic);
      case RecordTooLargeException _, RecordBatchTooLargeException _ -> tooLarge(topic);
      case InvalidTopicException _ ->
          new Refusal.Forbidden("Kafka does not let clients write to the topic " + topic);
      case InvalidRecordException _ ->
          new Refusal.Invalid(
              "key",
              "or message is not accepted by the topic "
                  + topic
                  + "; a compacted topic, for example, requires a key");
      case PolicyViolationException e -> new Refusal.Forbidden(Faults.sentence(e));
      case NotEnoughReplicasException _ ->
          new Refusal.Unavailable(
              "The topic " + topic + " has too few in-sync replicas to take a record", RETRY_AFTER);
      default ->
          new Refusal.Unavailable("Kafka took no record: " + Faults.sentence(fault), RETRY_AFTER);
    };
  }
}
