package io.kafkafetch.application.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.driven.SessionReader.Fetched;
import io.kafkafetch.application.sessions.AnswerLedger.Wish;
import io.kafkafetch.domain.processor.RecordBatch;
import io.kafkafetch.domain.processor.RecordHeader;
import io.kafkafetch.domain.processor.SourcePartition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The ledger of a session's answers")
final class AnswerLedgerTest {
  private static final long ERA = 7;

  private final AnswerLedger ledger = new AnswerLedger("a1b2c3d4");

  /** One record of a partition. */
  private record One(long offset) implements RecordBatch {
    @Override
    public SourcePartition source() {
      return new SourcePartition("orders", "id", 0);
    }

    @Override
    public int size() {
      return 1;
    }

    @Override
    public long offset(int index) {
      return offset;
    }

    @Override
    public long timestamp(int index) {
      return 0;
    }

    @Override
    public byte @Nullable [] key(int index) {
      return null;
    }

    @Override
    public byte @Nullable [] value(int index) {
      return null;
    }

    @Override
    public List<RecordHeader> headers(int index) {
      return List.of();
    }

    @Override
    public long sizeInBytes() {
      return 0;
    }

    @Override
    public long nextOffset() {
      return offset + 1;
    }

    @Override
    public RecordBatch slice(int from, int to) {
      return this;
    }
  }

  private static Fetched fetched(long era, List<RecordBatch> batches) {
    return new Fetched(era, batches, 0, Map.of(), Optional.empty(), List.of(), () -> {});
  }

  private static Fetched record(long era, long offset) {
    return fetched(era, List.of(new One(offset)));
  }

  private static Fetched nothing(long era) {
    return fetched(era, List.of());
  }

  private String answered(Optional<String> token, long offset) {
    return ledger.answered(token, record(ERA, offset), false);
  }

  private Wish read(String token) {
    return ledger.read(Optional.of(token));
  }

  @Test
  void asksForAnythingWithoutAToken() {
    assertInstanceOf(Wish.Anything.class, ledger.read(Optional.empty()));
    answered(Optional.empty(), 0);
    assertInstanceOf(Wish.Anything.class, ledger.read(Optional.empty()));
  }

  @Test
  void takesTheLastTokenAsAnAcknowledgement() {
    var token = answered(Optional.empty(), 0);
    assertEquals(new Wish.Next(ERA, true), read(token));
    assertEquals(new Wish.Next(ERA, true), read(token));
  }

  @Test
  void takesTheSameTokenAgainForALostAnswer() {
    var first = answered(Optional.empty(), 0);
    answered(Optional.of(first), 1);
    var again = assertInstanceOf(Wish.Again.class, read(first));
    assertEquals(1, again.answer().spans().getFirst().from());
    assertInstanceOf(Wish.Again.class, read(first));
  }

  @Test
  void takesAnOlderTokenForStale() {
    var first = answered(Optional.empty(), 0);
    var second = answered(Optional.of(first), 1);
    answered(Optional.of(second), 2);
    assertInstanceOf(Wish.Stale.class, read(first));
    assertInstanceOf(Wish.Again.class, read(second));
  }

  @Test
  void takesATokenForStaleOnceItsAnswerIsAcknowledged() {
    var first = answered(Optional.empty(), 0);
    answered(Optional.of(first), 1);
    ledger.acknowledge();
    assertInstanceOf(Wish.Stale.class, read(first));
  }

  @Test
  void neverAnswersAgainWhatWasAskedForWithoutAToken() {
    var first = answered(Optional.empty(), 0);
    answered(Optional.empty(), 1);
    assertInstanceOf(Wish.Stale.class, read(first));
  }

  @Test
  void keepsTheTokenWhenThereIsNothingToAnswer() {
    var first = answered(Optional.empty(), 0);
    assertEquals(first, ledger.answered(Optional.of(first), nothing(ERA), false));
    assertEquals(new Wish.Next(ERA, true), read(first));
  }

  @Test
  void beginsAnEraWithATokenThatAcknowledgesNothing() {
    var begin = ledger.begin(ERA);
    assertEquals(new Wish.Next(ERA, false), read(begin));
    answered(Optional.of(begin), 0);
    assertInstanceOf(Wish.Again.class, read(begin));
    answered(Optional.empty(), 1);
    assertInstanceOf(Wish.Stale.class, read(begin));
  }

  @Test
  void beginsAnewWhenTheEraChangesWithoutARecord() {
    var first = answered(Optional.empty(), 0);
    var next = ledger.answered(Optional.of(first), nothing(ERA + 1), false);
    assertEquals(new Wish.Next(ERA + 1, false), read(next));
    // Whether the older era still counts is for the reader to say, which knows its own.
    assertEquals(new Wish.Next(ERA, true), read(first));
  }

  @Test
  void keepsRecordsAtHandUntilTheyAreAcknowledged() {
    var first = answered(Optional.empty(), 0);
    var second = ledger.answered(Optional.of(first), record(ERA, 1), true);
    var again = assertInstanceOf(Wish.Again.class, read(first));
    assertTrue(again.answer().held().isPresent());
    assertEquals(new Wish.Next(ERA, true), read(second));
    ledger.acknowledge();
    assertInstanceOf(Wish.Stale.class, read(first));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "a1b2c3d4",
        "a1b2c3d4-",
        "a1b2c3d4-0",
        "a1b2c3d4--0",
        "a1b2c3d4-7-9",
        "a1b2c3d4-x-0",
        "a1b2c3d4-99999999999999999999-0",
        "00000000-7-1",
        "00000000-7-0"
      })
  void takesWhatItNeverGaveForStale(String token) {
    answered(Optional.empty(), 0);
    assertInstanceOf(Wish.Stale.class, read(token));
  }
}
