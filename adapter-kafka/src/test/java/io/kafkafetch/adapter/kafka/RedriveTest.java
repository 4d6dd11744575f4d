package io.kafkafetch.adapter.kafka;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.driving.RedriveDraft;
import io.kafkafetch.application.driving.RedriveState;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.application.driving.Settlement;
import io.kafkafetch.application.driving.StoredLetter;
import io.kafkafetch.domain.processor.Cause;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RedriveTest extends LetterCalls {
  @Test
  void aRedriveGivesEachLetterToItsProcessorOnce() {
    var id = givenRefused(3_000);

    var first = ended(id, RedriveDraft.all());
    var second = ended(id, RedriveDraft.all());

    assertEquals(RedriveState.COMPLETED, first.state());
    assertEquals(3, first.counts().delivered());
    assertEquals(List.of("777", "1777", "2777"), given.sink.values());
    assertEquals(0, second.counts().delivered());
    assertEquals(3, second.counts().alreadyRedriven());
    assertEquals(
        java.util.Collections.nCopies(3, Optional.of(Settlement.Outcome.DELIVERED)), outcomes(id));
  }

  @Test
  void chosenLettersAloneAreRedriven() {
    var id = givenRefused(3_000);

    var redrive = ended(id, offsets(1L));

    assertEquals(1, redrive.counts().delivered());
    assertEquals(List.of("1777"), given.sink.values());
    assertEquals(
        List.of(Optional.empty(), Optional.of(Settlement.Outcome.DELIVERED), Optional.empty()),
        outcomes(id));
  }

  @Test
  void aPreviewCountsAndChangesNothing() {
    var id = givenRefused(2_000);

    var counts = letters().preview(id, RedriveDraft.all());

    assertEquals(2, counts.selected());
    assertEquals(0, counts.delivered());
    assertEquals(List.of(), given.sink.values());
    assertEquals(List.of(Optional.empty(), Optional.empty()), outcomes(id));
    assertThrows(Refusal.NotFound.class, () -> letters().lastRedrive(id));
  }

  @Test
  void aRecordThatIsRefusedAgainBecomesALetterOfTheNextAttemptButNotForEver() {
    var id = givenRefused(1_000);
    refuse(value -> value.equals("777"));

    for (int attempt = 1; attempt < 3; attempt++) {
      var redrive = ended(id, draft(Optional.empty(), OptionalLong.empty(), OptionalInt.of(3)));
      assertEquals(1, redrive.counts().deadLettered());
    }
    var last = ended(id, draft(Optional.empty(), OptionalLong.empty(), OptionalInt.of(3)));

    assertEquals(List.of(1, 2, 3), page(id).letters().stream().map(StoredLetter::attempt).toList());
    assertEquals(
        List.of(777L, 777L, 777L), page(id).letters().stream().map(StoredLetter::offset).toList());
    assertEquals(0, last.counts().deadLettered());
    assertEquals(1, last.counts().attemptsUsedUp());
    assertTrue(last.remarks().getFirst().contains("given up 3 times"), last.remarks().toString());
  }

  @Test
  void whatMayPassIsTriedAgainUntilItDoes() {
    var id = givenRefused(1_000);
    var failures = new java.util.concurrent.atomic.AtomicInteger(3);
    given.sink.refusal =
        _ ->
            failures.getAndDecrement() > 0
                ? Optional.of(new Cause.Transient("busy"))
                : Optional.empty();

    var redrive = ended(id, RedriveDraft.all());

    assertEquals(RedriveState.COMPLETED, redrive.state());
    assertEquals(3, redrive.counts().retries());
    assertEquals(List.of("777"), given.sink.values());
  }

  @Test
  void aFatalRefusalStopsItAndTheLetterStaysForAnotherRedrive() {
    var id = givenRefused(1_000);
    given.sink.refusal = _ -> Optional.of(new Cause.Fatal("no entry"));

    var failed = ended(id, RedriveDraft.all());
    takeAll();
    var mended = ended(id, RedriveDraft.all());

    assertEquals(RedriveState.FAILED, failed.state());
    assertEquals(Optional.of("no entry"), failed.trouble());
    assertEquals(1, mended.counts().delivered());
    assertEquals(List.of("777"), given.sink.values());
  }

  @Test
  void oneRedriveRunsAtATimeAtTheRateThatWasAskedForUntilItIsCancelled() {
    var id = givenRefused(5_000);
    letters().redrive(id, draft(Optional.empty(), OptionalLong.of(1), OptionalInt.empty()));

    assertThrows(Refusal.Conflict.class, () -> letters().redrive(id, RedriveDraft.all()));
    await().atMost(SOON).until(() -> letters().lastRedrive(id).counts().delivered() >= 1);
    letters().cancelRedrive(id);
    await().atMost(SOON).until(() -> letters().lastRedrive(id).endedAt().isPresent());

    assertEquals(RedriveState.CANCELLED, letters().lastRedrive(id).state());
    assertTrue(given.sink.values().size() < 5, given.sink.values().toString());
    var rest = ended(id, RedriveDraft.all());
    assertEquals(5, rest.counts().delivered() + rest.counts().alreadyRedriven());
    assertEquals(List.of("777", "1777", "2777", "3777", "4777"), given.sink.values());
  }

  @Test
  void aStoppedConsumersLettersAreRedrivenToo() {
    var id = givenRefused(1_000);
    given.application.consumers().stop(id, OptionalLong.empty());

    var redrive = ended(id, RedriveDraft.all());

    assertEquals(1, redrive.counts().delivered());
    assertEquals(List.of("777"), given.sink.values());
  }
}
