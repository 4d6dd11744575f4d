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
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DeadLetterPagesTest extends LetterCalls {
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
