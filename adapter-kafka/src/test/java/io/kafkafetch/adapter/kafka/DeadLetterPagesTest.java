package io.kafkafetch.adapter.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.driving.DeliveryDraft;
import io.kafkafetch.application.driving.PurgeDraft;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.application.driving.StoredLetter;
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

class DeadLetterPagesTest {
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
  void aLetterSaysWhereItComesFromAndWhy() {
    var id = given.givenRefused(1_000);
    var consumer = given.server.application.consumers().get(id).consumer();

    var letter = given.page(id).letters().getFirst();

    assertEquals(1, given.page(id).letters().size());
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
    var topic = given.server.topic(1);
    var id = given.server.running(topic, topic + "-group");

    assertEquals(List.of(), given.page(id).letters());
    assertEquals(Optional.empty(), given.page(id).nextCursor());
    assertThrows(Refusal.NotFound.class, () -> given.page(UUID.randomUUID().toString()));
  }

  @Test
  void pagesFollowEachOtherWithoutGapOrRepetition() {
    var id = given.givenRefused(7_000);
    var offsets = new ArrayList<Long>();
    Optional<String> cursor = Optional.empty();
    do {
      var page = given.letters().letters(id, 3, cursor);
      assertTrue(page.letters().size() <= 3);
      page.letters().stream().map(StoredLetter::offset).forEach(offsets::add);
      cursor = page.nextCursor();
    } while (cursor.isPresent());

    assertEquals(List.of(777L, 1777L, 2777L, 3777L, 4777L, 5777L, 6777L), offsets);
  }

  @Test
  void anotherConsumersLettersInTheSameTopicAreNotShown() {
    var id = given.givenRefused(1_000);
    var first = given.server.application.consumers().get(id).consumer();
    var delivery = deadLetterTopic(first.spec().deadLetterTopic().value());
    var topic = given.server.topic(1);
    var other = given.server.running(topic, topic + "-group", delivery);

    assertEquals(0, given.page(other).letters().size());
    assertEquals(1, given.page(id).letters().size());
    var refused =
        assertThrows(
            Refusal.Conflict.class,
            () -> given.letters().purge(other, new PurgeDraft(all(), noPartition(), false, false)));
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
  void aPurgeDeletesWhatItCounted() {
    var id = given.givenRefused(3_000);
    given.ended(id, given.offsets(0L));

    var counted =
        given.letters().purge(id, new PurgeDraft(OptionalLong.of(2), noPartition(), false, true));
    assertEquals(3, given.page(id).letters().size());
    var purged =
        given.letters().purge(id, new PurgeDraft(OptionalLong.of(2), noPartition(), false, false));

    assertEquals(2, counted.letters());
    assertEquals(1, counted.notRedriven());
    assertEquals(2, purged.letters());
    assertEquals(
        List.of(2777L), given.page(id).letters().stream().map(StoredLetter::offset).toList());
    given.letters().purge(id, new PurgeDraft(all(), noPartition(), false, false));
    assertEquals(List.of(), given.page(id).letters());
  }
}
