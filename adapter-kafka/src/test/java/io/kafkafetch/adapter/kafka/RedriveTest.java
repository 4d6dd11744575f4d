package io.kafkafetch.adapter.kafka;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.driving.DeadLetterManagement;
import io.kafkafetch.application.driving.DeadLetterPage;
import io.kafkafetch.application.driving.DeliveryDraft;
import io.kafkafetch.application.driving.PurgeDraft;
import io.kafkafetch.application.driving.Redrive;
import io.kafkafetch.application.driving.RedriveDraft;
import io.kafkafetch.application.driving.RedriveState;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.application.driving.Settlement;
import io.kafkafetch.application.driving.StoredLetter;
import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.embedded.EmbeddedKafka;
import java.time.Duration;
import java.util.ArrayList;
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
  private static final Duration SOON = Duration.ofSeconds(30);
  private static GivenApplication given;

  @BeforeAll
  static void start() {
    given = new GivenApplication(EmbeddedKafka.shared());
  }

  @AfterAll
  static void stop() {
    given.close();
  }

  @BeforeEach
  void takeEverything() {
    given.sink.refusal = _ -> Optional.empty();
  }

  private static DeadLetterManagement letters() {
    return given.application.deadLetters();
  }

  /** A consumer whose sink refused every thousandth of that many records, and is mended then. */
  private static String givenRefused(int records) {
    var topic = given.topic(1);
    refuse(value -> value.endsWith("777"));
    given.produce(topic, 0, records);
    var id = given.running(topic, topic + "-group");
    await().atMost(SOON).until(() -> given.committed(topic + "-group") == records);
    takeAll();
    return id;
  }

  private static void refuse(java.util.function.Predicate<String> poison) {
    given.sink.refusal =
        value -> poison.test(value) ? Optional.of(new Cause.Poison("not that")) : Optional.empty();
  }

  private static void takeAll() {
    given.sink.refusal = _ -> Optional.empty();
    given.sink.values().clear();
  }

  private static DeadLetterPage page(String id) {
    return letters().letters(id, 100, Optional.empty());
  }

  private static Redrive ended(String id, RedriveDraft draft) {
    letters().redrive(id, draft);
    return awaitEnd(id);
  }

  private static Redrive awaitEnd(String id) {
    await().atMost(SOON).until(() -> letters().lastRedrive(id).state() != RedriveState.RUNNING);
    return letters().lastRedrive(id);
  }

  private static RedriveDraft offsets(Long... offsets) {
    return draft(Optional.of(List.of(offsets)), OptionalLong.empty(), OptionalInt.empty());
  }

  private static RedriveDraft draft(
      Optional<List<Long>> offsets, OptionalLong rate, OptionalInt attempts) {
    return new RedriveDraft(
        offsets,
        OptionalInt.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        rate,
        attempts);
  }

  private static List<Optional<Settlement.Outcome>> outcomes(String id) {
    return page(id).letters().stream()
        .map(letter -> letter.settled().map(Settlement::outcome))
        .toList();
  }

  @Test
  void aLetterSaysWhereItComesFromAndWhy() {
    var id = givenRefused(1_000);
    var consumer = given.application.consumers().get(id).consumer();

    var letter = page(id).letters().getFirst();

    assertEquals(1, page(id).letters().size());
    assertEquals(consumer.spec().topic().value(), letter.source().topic());
    assertEquals(777, letter.offset());
    assertEquals(
        "777",
        new String(
            java.util.Objects.requireNonNull(letter.value()),
            java.nio.charset.StandardCharsets.UTF_8));
    assertEquals("not that", letter.reason());
    assertEquals(1, letter.attempt());
    assertEquals("collecting", letter.processorType());
    assertEquals(consumer.spec().processors().getFirst().id().toString(), letter.processorId());
    assertEquals(List.of(), letter.headers());
    assertEquals(Optional.empty(), letter.settled());
  }

  @Test
  void aConsumerWithoutLettersShowsAnEmptyPage() {
    var topic = given.topic(1);
    var id = given.running(topic, topic + "-group");

    assertEquals(List.of(), page(id).letters());
    assertEquals(Optional.empty(), page(id).nextCursor());
    assertThrows(Refusal.NotFound.class, () -> page(UUID.randomUUID().toString()));
  }

  @Test
  void pagesFollowEachOtherWithoutGapOrRepetition() {
    var id = givenRefused(7_000);
    var offsets = new ArrayList<Long>();
    Optional<String> cursor = Optional.empty();
    do {
      var page = letters().letters(id, 3, cursor);
      assertTrue(page.letters().size() <= 3);
      page.letters().stream().map(StoredLetter::offset).forEach(offsets::add);
      cursor = page.nextCursor();
    } while (cursor.isPresent());

    assertEquals(List.of(777L, 1777L, 2777L, 3777L, 4777L, 5777L, 6777L), offsets);
  }

  @Test
  void anotherConsumersLettersInTheSameTopicAreNotShown() {
    var id = givenRefused(1_000);
    var first = given.application.consumers().get(id).consumer();
    var delivery = deadLetterTopic(first.spec().deadLetterTopic().value());
    var topic = given.topic(1);
    var other = given.running(topic, topic + "-group", delivery);

    assertEquals(0, page(other).letters().size());
    assertEquals(1, page(id).letters().size());
    var refused =
        assertThrows(
            Refusal.Conflict.class,
            () -> letters().purge(other, new PurgeDraft(all(), noPartition(), false, false)));
    assertTrue(refused.detail().contains("1 records of others"), refused.detail());
  }

  private static DeliveryDraft deadLetterTopic(String name) {
    var none = OptionalLong.empty();
    return new DeliveryDraft(
        none,
        none,
        none,
        none,
        none,
        none,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(Optional.of(name)));
  }

  private static OptionalLong all() {
    return OptionalLong.empty();
  }

  private static OptionalInt noPartition() {
    return OptionalInt.empty();
  }

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

  @Test
  void aPurgeDeletesWhatItCounted() {
    var id = givenRefused(3_000);
    ended(id, offsets(0L));

    var counted =
        letters().purge(id, new PurgeDraft(OptionalLong.of(2), noPartition(), false, true));
    assertEquals(3, page(id).letters().size());
    var purged =
        letters().purge(id, new PurgeDraft(OptionalLong.of(2), noPartition(), false, false));

    assertEquals(2, counted.letters());
    assertEquals(1, counted.notRedriven());
    assertEquals(2, purged.letters());
    assertEquals(List.of(2777L), page(id).letters().stream().map(StoredLetter::offset).toList());
    letters().purge(id, new PurgeDraft(all(), noPartition(), false, false));
    assertEquals(List.of(), page(id).letters());
  }
}
