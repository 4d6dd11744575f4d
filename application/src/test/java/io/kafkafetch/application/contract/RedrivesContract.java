package io.kafkafetch.application.contract;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.driven.Redrives;
import io.kafkafetch.application.driving.DeadLetterPlace;
import io.kafkafetch.application.driving.Redrive;
import io.kafkafetch.application.driving.RedriveCounts;
import io.kafkafetch.application.driving.RedriveState;
import io.kafkafetch.application.driving.Settlement;
import io.kafkafetch.domain.consumer.ConsumerId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What an adapter of {@link Redrives} must keep. */
public abstract class RedrivesContract extends StorageContract {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(100);
  private static final Settlement DELIVERED =
      new Settlement(Settlement.Outcome.DELIVERED, Given.NOON);
  private static final Settlement REFUSED =
      new Settlement(Settlement.Outcome.DEAD_LETTERED, Given.NOON.plusSeconds(1));

  private Redrives redrives() {
    return storage().redrives();
  }

  private ConsumerId stored() {
    var consumer = Given.inactiveConsumer();
    storage().consumers().insert(consumer, "created");
    return consumer.id();
  }

  private static Redrive running(ConsumerId consumer) {
    return new Redrive(
        UUID.randomUUID(),
        consumer,
        "a",
        "orders.billing.dead-letter",
        RedriveState.RUNNING,
        Given.NOON,
        Given.NOON,
        Optional.empty(),
        RedriveCounts.NONE,
        Optional.empty(),
        List.of());
  }

  private static Redrive completed(Redrive begun) {
    return new Redrive(
        begun.id(),
        begun.consumer(),
        begun.server(),
        begun.topic(),
        RedriveState.COMPLETED,
        begun.startedAt(),
        Given.NOON.plusSeconds(5),
        Optional.of(Given.NOON.plusSeconds(5)),
        new RedriveCounts(1, 2, 3, 4, 5, 6, 7, 8, 9),
        Optional.of("no entry"),
        List.of("first", "second"));
  }

  @Test
  void aConsumerThatWasNeverRedrivenHasNoLastOne() {
    assertEquals(Optional.empty(), redrives().last(stored()));
    assertEquals(Optional.empty(), redrives().last(Given.newId()));
  }

  @Test
  void whatWasSavedIsTheLastOne() {
    var begun = running(stored());
    assertTrue(redrives().begin(begun, LONG));
    assertEquals(Optional.of(begun), redrives().last(begun.consumer()));

    assertEquals(Optional.of(RedriveState.COMPLETED), redrives().save(completed(begun), LONG));

    assertEquals(Optional.of(completed(begun)), redrives().last(begun.consumer()));
  }

  @Test
  void oneRunsAtATime() {
    var begun = running(stored());
    redrives().begin(begun, LONG);

    assertFalse(redrives().begin(running(begun.consumer()), LONG));
    redrives().save(completed(begun), LONG);

    assertTrue(redrives().begin(running(begun.consumer()), LONG));
    assertEquals(Optional.empty(), redrives().save(begun, LONG));
  }

  @Test
  void oneThatIsNotHeardOfIsInterruptedAndAnotherMayBegin() {
    var begun = running(stored());
    redrives().begin(begun, SHORT);

    await()
        .untilAsserted(() ->
            assertEquals(
                Optional.of(begun.in(RedriveState.INTERRUPTED)),
                redrives().last(begun.consumer())));
    assertFalse(redrives().cancel(begun.consumer()));
    assertTrue(redrives().begin(running(begun.consumer()), LONG));
  }

  @Test
  void aCancelledOneStaysSoWhateverItSaysItself() {
    var begun = running(stored());
    redrives().begin(begun, LONG);

    assertTrue(redrives().cancel(begun.consumer()));
    assertFalse(redrives().cancel(begun.consumer()));

    assertEquals(Optional.of(RedriveState.CANCELLED), redrives().save(begun, LONG));
    assertEquals(Optional.of(RedriveState.CANCELLED), redrives().save(completed(begun), LONG));
    assertEquals(
        Optional.of(completed(begun).in(RedriveState.CANCELLED)),
        redrives().last(begun.consumer()));
  }

  @Test
  void aConsumerThatIsGoneCannotBeRedriven() {
    var unknown = Given.newId();

    assertFalse(redrives().begin(running(unknown), LONG));
    redrives().settle(unknown, "topic", Map.of(new DeadLetterPlace(0, 1), DELIVERED));

    assertEquals(Map.of(), redrives().settled(unknown, "topic", 0, 0, 10));
  }

  @Test
  void settledLettersAreFoundByTheirPlace() {
    var consumer = stored();
    redrives()
        .settle(
            consumer,
            "topic",
            Map.of(
                new DeadLetterPlace(0, 3), DELIVERED,
                new DeadLetterPlace(0, 5), REFUSED,
                new DeadLetterPlace(0, 9), DELIVERED,
                new DeadLetterPlace(1, 4), DELIVERED));

    assertEquals(
        Map.of(3L, DELIVERED, 5L, REFUSED), redrives().settled(consumer, "topic", 0, 3, 9));
    assertEquals(Map.of(), redrives().settled(consumer, "another life", 0, 0, 100));
    assertEquals(Map.of(), redrives().settled(stored(), "topic", 0, 0, 100));
  }

  @Test
  void whatWasSettledFirstStays() {
    var consumer = stored();
    var place = new DeadLetterPlace(0, 3);
    redrives().settle(consumer, "again", Map.of(place, REFUSED));

    redrives().settle(consumer, "again", Map.of(place, DELIVERED));

    assertEquals(Map.of(3L, REFUSED), redrives().settled(consumer, "again", 0, 0, 100));
  }

  @Test
  void purgedLettersAreForgottenForEveryConsumer() {
    var one = stored();
    var other = stored();
    for (var consumer : List.of(one, other)) {
      redrives()
          .settle(
              consumer,
              "purged",
              Map.of(
                  new DeadLetterPlace(0, 3), DELIVERED,
                  new DeadLetterPlace(0, 4), DELIVERED,
                  new DeadLetterPlace(1, 3), DELIVERED));
    }

    redrives().forget("purged", 0, 4);

    for (var consumer : List.of(one, other)) {
      assertEquals(Map.of(4L, DELIVERED), redrives().settled(consumer, "purged", 0, 0, 100));
      assertEquals(Map.of(3L, DELIVERED), redrives().settled(consumer, "purged", 1, 0, 100));
    }
  }
}
