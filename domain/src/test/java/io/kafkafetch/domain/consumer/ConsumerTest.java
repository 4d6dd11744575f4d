package io.kafkafetch.domain.consumer;

import static io.kafkafetch.domain.consumer.GivenConsumers.NOW;
import static io.kafkafetch.domain.consumer.GivenConsumers.active;
import static io.kafkafetch.domain.consumer.GivenConsumers.anotherProcessor;
import static io.kafkafetch.domain.consumer.GivenConsumers.anotherTopic;
import static io.kafkafetch.domain.consumer.GivenConsumers.fatal;
import static io.kafkafetch.domain.consumer.GivenConsumers.inError;
import static io.kafkafetch.domain.consumer.GivenConsumers.inactive;
import static io.kafkafetch.domain.consumer.GivenConsumers.passing;
import static io.kafkafetch.domain.consumer.GivenConsumers.slowerCommits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.kafkafetch.domain.consumer.ConsumerState.Active;
import io.kafkafetch.domain.consumer.ConsumerState.InError;
import io.kafkafetch.domain.consumer.ConsumerState.Inactive;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Every row and column of the transition table in the design. */
class ConsumerTest {
  private static final Instant LATER = NOW.plusSeconds(60);

  @Nested
  class AnInactiveConsumer {
    @Test
    void isActiveOnceStarted() {
      var started = inactive().start(LATER);

      assertInstanceOf(Active.class, started.state());
      assertEquals(2, started.revision());
      assertEquals(LATER, started.updatedAt());
    }

    @Test
    void staysAsItIsWhenStopped() {
      var consumer = inactive();

      assertSame(consumer, consumer.stop(LATER));
    }

    @Test
    void isNotHaltedByALateRun() {
      var consumer = inactive();

      assertSame(consumer, consumer.halt(1, fatal()));
    }

    @Test
    void isNotMadeActiveByALateProbe() {
      var consumer = inactive();

      assertSame(consumer, consumer.retryHeld(1));
    }

    @Test
    void staysInactiveWhenItsSourceChanges() {
      assertInstanceOf(Inactive.class, inactive().update(anotherTopic(), LATER).state());
    }

    @Test
    void staysInactiveWhenItsProcessorsChange() {
      assertInstanceOf(Inactive.class, inactive().update(anotherProcessor(), LATER).state());
    }
  }

  @Nested
  class AnActiveConsumer {
    @Test
    void staysAsItIsWhenStarted() {
      var consumer = active();

      assertSame(consumer, consumer.start(LATER));
    }

    @Test
    void isInactiveOnceStopped() {
      var stopped = active().stop(LATER);

      assertInstanceOf(Inactive.class, stopped.state());
      assertEquals(2, stopped.revision());
    }

    @Test
    void isInErrorOnceHaltedAndKeepsItsRevision() {
      var halted = active().halt(1, passing(1));

      assertEquals(new InError(passing(1)), halted.state());
      assertEquals(1, halted.revision());
    }

    @Test
    void isNotHaltedByARunOfAnOlderRevision() {
      var consumer = active().update(slowerCommits(), LATER);

      assertSame(consumer, consumer.halt(1, fatal()));
    }

    @Test
    void isNotTouchedByAHeldRetry() {
      var consumer = active();

      assertSame(consumer, consumer.retryHeld(1));
    }

    @Test
    void restsWhenItsSourceChanges() {
      assertInstanceOf(Inactive.class, active().update(anotherTopic(), LATER).state());
    }

    @Test
    void staysActiveWhenItsProcessorsAreSwapped() {
      var swapped = active().update(anotherProcessor(), LATER);

      assertInstanceOf(Active.class, swapped.state());
      assertEquals(2, swapped.revision());
    }

    @Test
    void staysActiveWhenItsDeliveryChanges() {
      assertInstanceOf(Active.class, active().update(slowerCommits(), LATER).state());
    }

    @Test
    void isTheSameWhenNothingChanges() {
      var consumer = active();

      assertSame(consumer, consumer.update(consumer.spec(), LATER));
    }
  }

  @Nested
  class AConsumerInError {
    @Test
    void isActiveOnceStartedAfresh() {
      var started = inError(fatal()).start(LATER);

      assertInstanceOf(Active.class, started.state());
      assertEquals(2, started.revision());
    }

    @Test
    void isInactiveOnceStopped() {
      assertInstanceOf(Inactive.class, inError(passing(3)).stop(LATER).state());
    }

    @Test
    void isNotHaltedAgain() {
      var consumer = inError(passing(1));

      assertSame(consumer, consumer.halt(1, fatal()));
    }

    @Test
    void isActiveAgainWhenARetryHeldAndKeepsItsRevision() {
      var recovered = inError(passing(3)).retryHeld(1);

      assertInstanceOf(Active.class, recovered.state());
      assertEquals(1, recovered.revision());
    }

    @Test
    void waitsForAPersonWhenTheCauseWasFatal() {
      var consumer = inError(fatal());

      assertSame(consumer, consumer.retryHeld(1));
      assertSame(consumer, consumer.probeFailed(1, passing(2)));
    }

    @Test
    void countsFailedProbesAndRemembersSinceWhen() {
      var failed =
          inError(passing(1))
              .probeFailed(1, Failure.probedAt("still away", LATER, 2, LATER.plusSeconds(4)));

      var failure = assertInstanceOf(InError.class, failed.state()).failure();
      assertEquals(NOW, failure.since());
      assertEquals(2, failure.attempts());
      assertEquals("still away", failure.reason());
    }

    @Test
    void restsWhenItsSourceChanges() {
      assertInstanceOf(Inactive.class, inError(fatal()).update(anotherTopic(), LATER).state());
    }

    @Test
    void restsWhenItsProcessorsChange() {
      assertInstanceOf(Inactive.class, inError(fatal()).update(anotherProcessor(), LATER).state());
    }

    @Test
    void staysInErrorWhenOnlyItsDeliveryChanges() {
      assertInstanceOf(InError.class, inError(fatal()).update(slowerCommits(), LATER).state());
    }
  }
}
