package io.kafkafetch.events;

import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;

/** Tells a silence in which nothing was written from one in which nobody is there. */
final class Contact {
  private final Consumer<?, ?> kafka;
  private final Subscription subscription;
  private final ConsumerOptions options;
  private final BooleanSupplier stopped;
  private Deadline silence;

  Contact(
      Consumer<?, ?> kafka,
      Subscription subscription,
      ConsumerOptions options,
      BooleanSupplier stopped) {
    this.kafka = kafka;
    this.subscription = subscription;
    this.options = options;
    this.stopped = stopped;
    this.silence = Deadline.in(options.brokerTimeout());
  }

  /** A broker has just answered. */
  void heard() {
    silence = Deadline.in(options.brokerTimeout());
  }

  /**
   * Makes sure that a broker answers, when none has for the broker timeout: Kafka's poll says
   * nothing of it.
   *
   * @throws TimeoutException if none does
   */
  void requireIfSilent() {
    if (silence.passed()) {
      var _ = unread();
    }
  }

  /**
   * Whether there are records that no poll has answered yet; false after a stop.
   *
   * @throws TimeoutException if no broker answers
   */
  boolean unread() {
    if (stopped.getAsBoolean()) {
      return false;
    }
    try {
      boolean unread = false;
      if (kafka.assignment().isEmpty()) {
        askAnything();
      } else {
        unread = behindEnd();
      }
      heard();
      return unread;
    } catch (TimeoutException e) {
      throw new TimeoutException(
          "Kafka at %s did not answer within %d ms"
              .formatted(options.bootstrapServers(), options.brokerTimeout().toMillis()),
          e);
    } catch (WakeupException _) {
      return false; // The stop needs no broker.
    }
  }

  private boolean behindEnd() {
    boolean behind = false;
    for (var end : kafka.endOffsets(kafka.assignment()).entrySet()) {
      behind |= kafka.position(end.getKey()) < end.getValue();
    }
    return behind;
  }

  /** Asks what only a broker can answer: the rest is answered from what the client remembers. */
  private void askAnything() {
    var topic = subscription.topics().iterator().next();
    if (options.groupId().isPresent()) {
      var _ = kafka.committed(Set.of(new TopicPartition(topic, 0)));
    } else {
      var _ = kafka.partitionsFor(topic);
    }
  }
}
