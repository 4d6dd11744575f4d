package io.kafkafetch.application.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.driven.ConsumerVersion;
import io.kafkafetch.application.driven.Consumers;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.domain.consumer.Consumer;
import io.kafkafetch.domain.consumer.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What an adapter of {@link Consumers} must keep; how it lists is told by {@link
 * ConsumerListsContract}.
 */
public abstract class ConsumersContract extends StorageContract {
  private static final Instant LATER = Given.NOON.plusSeconds(3600);

  private Consumers consumers() {
    return storage().consumers();
  }

  private Consumer stored(Consumer consumer) {
    consumers().insert(consumer, "created");
    return consumer;
  }

  @Test
  void aConsumerIsFoundAsItWasInserted() {
    var consumer = stored(Given.inactiveConsumer());
    stored(Given.activeConsumer());

    assertEquals(Optional.of(consumer), consumers().find(consumer.id()));
  }

  @Test
  void anUnknownIdFindsNothing() {
    stored(Given.activeConsumer());

    assertEquals(Optional.empty(), consumers().find(Given.newId()));
    assertEquals(List.of(), consumers().versions(Given.newId(), 10));
  }

  @Test
  void aSpecComesBackWithEveryPartAsItWas() {
    var odd = stored(Consumer.create(Given.newId(), Given.oddSpec(), true, Given.NOON));

    var found = consumers().find(odd.id()).orElseThrow();

    assertEquals(odd, found);
    assertEquals(
        List.copyOf(odd.spec().processors().getFirst().config().values().keySet()),
        List.copyOf(found.spec().processors().getFirst().config().values().keySet()),
        "the order of a configuration's keys");
  }

  @Test
  void anInstantIsKeptToTheMicrosecondAndNeverRoundedUp() {
    var nanos = Instant.parse("2026-11-05T12:00:00.123456999Z");
    var consumer = Consumer.create(Given.newId(), Given.spec("t", "g"), true, nanos);
    stored(consumer);

    var found = consumers().find(consumer.id()).orElseThrow();

    assertEquals(Given.NOON, found.createdAt());
    assertEquals(Given.NOON, found.updatedAt());
    assertEquals(Given.NOON, consumers().versions(consumer.id(), 1).getFirst().at());
  }

  @Test
  void anIdIsInsertedOnce() {
    var consumer = stored(Given.activeConsumer());

    assertThrows(Refusal.Conflict.class, () -> stored(consumer.stop(LATER)));
    assertEquals(Optional.of(consumer), consumers().find(consumer.id()));
    assertEquals(1, consumers().versions(consumer.id(), 10).size());
  }

  @Test
  void whatReplacesIsFoundFromThenOn() {
    var before = stored(Given.activeConsumer());
    var after = before.update(Given.oddSpec(), LATER);

    assertTrue(consumers().replace(before, after, "updated"));

    assertEquals(Optional.of(after), consumers().find(before.id()));
  }

  @Test
  void nothingIsReplacedThatHasAnotherRevisionByNow() {
    var before = stored(Given.activeConsumer());
    var stopped = before.stop(LATER);
    consumers().replace(before, stopped, "stopped");

    assertFalse(consumers().replace(before, before.update(Given.oddSpec(), LATER), "updated"));

    assertEquals(Optional.of(stopped), consumers().find(before.id()));
    assertEquals(2, consumers().versions(before.id(), 10).size());
  }

  @Test
  void nothingIsReplacedThatIsInAnotherStateByNow() {
    var before = stored(Given.activeConsumer());
    var halted = before.halt(1, Given.probed(1));
    consumers().replace(before, halted, "halted");

    assertFalse(consumers().replace(before, before.stop(LATER), "stopped"));

    assertEquals(Optional.of(halted), consumers().find(before.id()));
  }

  @Test
  void nothingIsReplacedThatWasTriedMoreOftenByNow() {
    var active = stored(Given.activeConsumer());
    var once = active.halt(1, Given.probed(1));
    var twice = once.probeFailed(1, Given.probed(2));
    consumers().replace(active, once, "halted");
    consumers().replace(once, twice, "probe failed");

    assertFalse(consumers().replace(once, once.probeFailed(1, Given.probed(2)), "probe failed"));

    assertEquals(Optional.of(twice), consumers().find(active.id()));
  }

  @Test
  void aFailureIsKeptAndForgottenWhenItIsOver() {
    var active = stored(Given.activeConsumer());
    var fatal = active.halt(1, Failure.fatal("The password is refused.", Given.NOON));
    var started = fatal.start(LATER);

    consumers().replace(active, fatal, "halted");
    assertEquals(Optional.of(fatal), consumers().find(active.id()));
    assertTrue(consumers().replace(fatal, started, "started"));
    assertEquals(Optional.of(started), consumers().find(active.id()));
  }

  @Test
  void anExpectationWithNanosecondsStillHolds() {
    var active = stored(Given.activeConsumer());
    var since = Instant.parse("2026-11-05T12:00:00.123456999Z");
    var halted = active.halt(1, Failure.fatal("The password is refused.", since));
    consumers().replace(active, halted, "halted");

    assertTrue(consumers().replace(halted, halted.stop(LATER), "stopped"));
  }

  @Test
  void whatIsGoneIsNotReplaced() {
    var consumer = stored(Given.activeConsumer());
    consumers().remove(consumer);

    assertFalse(consumers().replace(consumer, consumer.stop(LATER), "stopped"));
    assertEquals(Optional.empty(), consumers().find(consumer.id()));
    assertEquals(List.of(), consumers().versions(consumer.id(), 10));
  }

  @Test
  void ofManyWhoReplaceTheSameAtOnceOneWins() throws InterruptedException, ExecutionException {
    var before = stored(Given.activeConsumer());
    var rivals =
        IntStream.range(0, 8)
            .mapToObj(i -> before.update(Given.spec("orders", "group-" + i), LATER))
            .toList();

    int winners = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var attempts =
          rivals.stream()
              .map(rival -> threads.submit(() -> consumers().replace(before, rival, "updated")))
              .toList();
      for (var attempt : attempts) {
        winners += attempt.get() ? 1 : 0;
      }
    }

    assertEquals(1, winners);
    assertTrue(rivals.contains(consumers().find(before.id()).orElseThrow()));
    assertEquals(2, consumers().versions(before.id(), 10).size());
  }

  @Test
  void aRisenRevisionIsAVersionAndTheNewestComesFirst() {
    var first = stored(Given.activeConsumer());
    var second = first.update(Given.oddSpec(), LATER);
    consumers().replace(first, second, "updated topic");

    assertEquals(
        List.of(
            new ConsumerVersion(2, second.spec(), "INACTIVE", "updated topic", LATER),
            new ConsumerVersion(1, first.spec(), "ACTIVE", "created", Given.NOON)),
        consumers().versions(first.id(), 10));
    assertEquals(2, consumers().versions(first.id(), 1).getFirst().revision(), "the newest of one");
    assertEquals(1, consumers().versions(first.id(), 1).size());
  }

  @Test
  void aVersionIsFoundByItsRevision() {
    var first = stored(Given.activeConsumer());
    consumers().replace(first, first.update(Given.oddSpec(), LATER), "updated topic");

    assertEquals(
        Optional.of(new ConsumerVersion(1, first.spec(), "ACTIVE", "created", Given.NOON)),
        consumers().version(first.id(), 1));
    assertEquals(Optional.empty(), consumers().version(first.id(), 3));
    assertEquals(Optional.empty(), consumers().version(Given.newId(), 1));
  }

  @Test
  void whatNoPersonDidIsNoVersion() {
    var active = stored(Given.activeConsumer());
    consumers().replace(active, active.halt(1, Given.probed(1)), "halted");

    assertEquals(1, consumers().versions(active.id(), 10).size());
  }

  @Test
  void aRemovedConsumerTakesItsVersionsAndReportsAlong() {
    var consumer = stored(Given.activeConsumer());
    storage().reports().save(List.of(Given.report(consumer.id(), "a", LATER)));

    assertTrue(consumers().remove(consumer));

    assertEquals(Optional.empty(), consumers().find(consumer.id()));
    assertEquals(List.of(), consumers().versions(consumer.id(), 10));
    assertEquals(List.of(), storage().reports().of(consumer.id()));
    assertFalse(consumers().remove(consumer), "a second time");
  }

  @Test
  void nothingIsRemovedThatHasAnotherRevisionByNow() {
    var before = stored(Given.activeConsumer());
    var stopped = before.stop(LATER);
    consumers().replace(before, stopped, "stopped");

    assertFalse(consumers().remove(before));
    assertEquals(Optional.of(stopped), consumers().find(before.id()));
  }

  @Test
  void whatChangedWithoutAPersonCanStillBeRemoved() {
    var active = stored(Given.activeConsumer());
    consumers().replace(active, active.halt(1, Given.probed(1)), "halted");

    assertTrue(consumers().remove(active));
  }
}
