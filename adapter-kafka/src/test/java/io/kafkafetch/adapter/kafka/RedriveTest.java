package io.kafkafetch.adapter.kafka;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.driving.Redrive;
import io.kafkafetch.application.driving.RedriveCounts;
import io.kafkafetch.application.driving.RedriveDraft;
import io.kafkafetch.application.driving.RedriveState;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.application.driving.Settlement;
import io.kafkafetch.application.driving.StoredLetter;
import io.kafkafetch.domain.processor.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedriveTest {
  private static GivenLetters given;

  @BeforeAll
  static void start() {
    given = new GivenLetters();
  }

  @AfterAll
  static void stop() {
    given.close();
  }

  @BeforeEach
  void takeEverything() {
    given.takeAll();
  }

  @Test
  void aRedriveGivesEachLetterToItsProcessorOnce() {
    var id = given.givenRefused(3_000);

    var first = given.ended(id, RedriveDraft.all());
    var second = given.ended(id, RedriveDraft.all());

    assertEquals(RedriveState.COMPLETED, first.state());
    assertEquals(3, first.counts().delivered());
    assertEquals(List.of("777", "1777", "2777"), given.server.sink.values());
    assertEquals(0, second.counts().delivered());
    assertEquals(3, second.counts().alreadyRedriven());
    assertEquals(
        java.util.Collections.nCopies(3, Optional.of(Settlement.Outcome.DELIVERED)),
        given.outcomes(id));
  }

  @Test
  void chosenLettersAloneAreRedriven() {
    var id = given.givenRefused(3_000);

    var redrive = given.ended(id, given.offsets(1L));

    assertEquals(1, redrive.counts().delivered());
    assertEquals(List.of("1777"), given.server.sink.values());
    assertEquals(
        List.of(Optional.empty(), Optional.of(Settlement.Outcome.DELIVERED), Optional.empty()),
        given.outcomes(id));
  }

  @Test
  void aPreviewCountsAndChangesNothing() {
    var id = given.givenRefused(2_000);

    var counts = given.letters().preview(id, RedriveDraft.all());

    assertEquals(2, counts.selected());
    assertEquals(0, counts.delivered());
    assertEquals(List.of(), given.server.sink.values());
    assertEquals(List.of(Optional.empty(), Optional.empty()), given.outcomes(id));
    assertThrows(Refusal.NotFound.class, () -> given.letters().lastRedrive(id));
  }

  @Test
  void aRecordThatIsRefusedAgainBecomesALetterOfTheNextAttemptButNotForEver() {
    var id = given.givenRefused(1_000);
    given.refuse(value -> value.equals("777"));

    for (int attempt = 1; attempt < 3; attempt++) {
      var redrive =
          given.ended(id, given.draft(Optional.empty(), OptionalLong.empty(), OptionalInt.of(3)));
      assertEquals(1, redrive.counts().deadLettered());
    }
    var last =
        given.ended(id, given.draft(Optional.empty(), OptionalLong.empty(), OptionalInt.of(3)));

    assertEquals(
        List.of(1, 2, 3), given.page(id).letters().stream().map(StoredLetter::attempt).toList());
    assertEquals(
        List.of(777L, 777L, 777L),
        given.page(id).letters().stream().map(StoredLetter::offset).toList());
    assertEquals(0, last.counts().deadLettered());
    assertEquals(1, last.counts().attemptsUsedUp());
    assertTrue(last.remarks().getFirst().contains("given up 3 times"), last.remarks().toString());
  }

  @Test
  void whatMayPassIsTriedAgainUntilItDoes() {
    var id = given.givenRefused(1_000);
    var failures = new java.util.concurrent.atomic.AtomicInteger(3);
    given.server.sink.refusal =
        _ ->
            failures.getAndDecrement() > 0
                ? Optional.of(new Cause.Transient("busy"))
                : Optional.empty();

    var redrive = given.ended(id, RedriveDraft.all());

    assertEquals(RedriveState.COMPLETED, redrive.state());
    assertEquals(3, redrive.counts().retries());
    assertEquals(List.of("777"), given.server.sink.values());
  }

  @Test
  void aFatalRefusalStopsItAndTheLetterStaysForAnotherRedrive() {
    var id = given.givenRefused(1_000);
    given.server.sink.refusal = _ -> Optional.of(new Cause.Fatal("no entry"));

    var failed = given.ended(id, RedriveDraft.all());
    given.takeAll();
    var mended = given.ended(id, RedriveDraft.all());

    assertEquals(RedriveState.FAILED, failed.state());
    assertEquals(Optional.of("no entry"), failed.trouble());
    assertEquals(1, mended.counts().delivered());
    assertEquals(List.of("777"), given.server.sink.values());
  }

  @Test
  void oneRedriveRunsAtATimeAtTheRateThatWasAskedForUntilItIsCancelled() {
    var id = given.givenRefused(5_000);
    given
        .letters()
        .redrive(id, given.draft(Optional.empty(), OptionalLong.of(1), OptionalInt.empty()));

    assertThrows(Refusal.Conflict.class, () -> given.letters().redrive(id, RedriveDraft.all()));
    await()
        .atMost(GivenLetters.SOON)
        .until(() -> given.letters().lastRedrive(id).counts().delivered() >= 1);
    given.letters().cancelRedrive(id);
    await()
        .atMost(GivenLetters.SOON)
        .until(() -> given.letters().lastRedrive(id).endedAt().isPresent());

    assertEquals(RedriveState.CANCELLED, given.letters().lastRedrive(id).state());
    assertTrue(given.server.sink.values().size() < 5, given.server.sink.values().toString());
    var rest = given.ended(id, RedriveDraft.all());
    assertEquals(5, rest.counts().delivered() + rest.counts().alreadyRedriven());
    assertEquals(List.of("777", "1777", "2777", "3777", "4777"), given.server.sink.values());
  }

  @Test
  void aStoppedConsumersLettersAreRedrivenToo() {
    var id = given.givenRefused(1_000);
    given.server.application.consumers().stop(id, OptionalLong.empty());

    var redrive = given.ended(id, RedriveDraft.all());

    assertEquals(1, redrive.counts().delivered());
    assertEquals(List.of("777"), given.server.sink.values());
  }

  @Test
  void oneWhoseTopicIsDeletedFailsAndSaysSo() {
    var id = given.givenRefused(5_000);
    var topic = given.page(id).topic();
    given
        .letters()
        .redrive(id, given.draft(Optional.empty(), OptionalLong.of(1), OptionalInt.empty()));

    GivenApplication.get(given.server.admin.deleteTopics(List.of(topic)).all());

    var failed = given.awaitEnd(id);
    assertEquals(RedriveState.FAILED, failed.state());
    assertEquals(
        Optional.of("The dead-letter topic " + topic + " was deleted meanwhile"), failed.trouble());
  }

  @Test
  void oneThatDiedWithThisServerIsInNobodysWay() {
    var id = given.givenRefused(1_000);
    assertTrue(givenRunning(id, "test"));

    assertEquals(RedriveState.INTERRUPTED, given.letters().lastRedrive(id).state());
    assertEquals(1, given.ended(id, RedriveDraft.all()).counts().delivered());
  }

  @Test
  void oneOfAnotherServerIsLeftToItsTimeToLive() {
    var id = given.givenRefused(1_000);
    assertTrue(givenRunning(id, "another"));

    assertEquals(RedriveState.RUNNING, given.letters().lastRedrive(id).state());
    assertThrows(Refusal.Conflict.class, () -> given.letters().redrive(id, RedriveDraft.all()));
  }

  private static boolean givenRunning(String id, String server) {
    var consumer = given.server.application.consumers().get(id).consumer();
    var now = Instant.now();
    return given
        .server
        .storage
        .redrives()
        .begin(
            new Redrive(
                UUID.randomUUID(),
                consumer.id(),
                server,
                consumer.spec().deadLetterTopic().value(),
                RedriveState.RUNNING,
                now,
                now,
                Optional.empty(),
                RedriveCounts.NONE,
                Optional.empty(),
                List.of()),
            Duration.ofMinutes(2));
  }
}
