package io.kafkafetch.application.deadletters;

import io.kafkafetch.application.delivery.DeliveryEngine;
import io.kafkafetch.application.driven.Consumers;
import io.kafkafetch.application.driven.DeadLetter;
import io.kafkafetch.application.driven.DeadLetterTopics;
import io.kafkafetch.application.driven.DeadLetters;
import io.kafkafetch.application.driven.MemberSpec;
import io.kafkafetch.application.driven.Redrives;
import io.kafkafetch.application.driven.ServerId;
import io.kafkafetch.application.driving.StoredLetter;
import io.kafkafetch.domain.consumer.Consumer;
import io.kafkafetch.domain.consumer.ProcessorSpec;
import java.time.InstantSource;
import java.util.function.DoubleSupplier;

/**
 * What redriving needs from outside.
 *
 * @param server this server
 * @param chance numbers from 0 (inclusive) to 1 (exclusive), for jitter
 */
public record RedriveTools(
    Consumers consumers,
    Redrives redrives,
    DeadLetterTopics topics,
    DeadLetters deadLetters,
    DeliveryEngine engine,
    ServerId server,
    InstantSource clock,
    DoubleSupplier chance) {
  /** The consumer as if it were one more member. */
  MemberSpec member(Consumer consumer) {
    return new MemberSpec(consumer.id(), consumer.revision(), 0, server, consumer.spec());
  }

  /** The letter of a record that was refused once more. */
  DeadLetter again(Consumer consumer, StoredLetter letter, ProcessorSpec refusing, String reason) {
    var spec = consumer.spec();
    return new DeadLetter(
        spec.cluster(),
        spec.deadLetterTopic().value(),
        new OriginalRecord(letter),
        0,
        consumer.id().toString(),
        spec.group().value(),
        refusing.id().toString(),
        refusing.type(),
        reason,
        letter.attempt() + 1,
        clock.instant());
  }
}
