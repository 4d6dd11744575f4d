package io.kafkafetch.adapter.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.contract.Given;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who may fetch while more members are far behind than should fetch at the same time. */
class FetchTurnsTest {
  private static final Instant NOON = Given.NOON;
  private static final Instant A_SLICE_LATER = NOON.plus(FetchTurns.SLICE);

  private final List<String> told = new ArrayList<>();
  private Duration cpu = Duration.ZERO;
  private final FetchTurns turns = new FetchTurns(2, () -> cpu);
  private final FetchTurns.Turn first = turn("first");
  private final FetchTurns.Turn second = turn("second");
  private final FetchTurns.Turn third = turn("third");
  private final FetchTurns.Turn fourth = turn("fourth");

  private FetchTurns.Turn turn(String name) {
    return turns.of(() -> told.add(name));
  }

  /** The process has used all its processors between these. */
  private void busyUntil(Instant then) {
    cpu = Duration.between(NOON, then).multipliedBy(Runtime.getRuntime().availableProcessors());
  }

  @Test
  void whoComesWhileThereAreTurnsFetchesAtOnce() {
    assertTrue(first.take(NOON));
    assertTrue(second.take(NOON));

    assertEquals(List.of(), told);
  }

  @Test
  void whoeverWaitsIsToldWhenAnotherKeepsUp() {
    first.take(NOON);
    second.take(NOON);
    assertFalse(third.take(NOON));

    first.giveBack(NOON);

    assertEquals(List.of("third"), told);
    assertTrue(third.take(NOON));
    assertFalse(first.take(NOON));
  }

  @Test
  void aTurnLastsForASliceWhileAnotherWaits() {
    first.take(NOON);
    second.take(NOON);
    third.take(NOON);
    busyUntil(A_SLICE_LATER);

    assertTrue(first.take(A_SLICE_LATER.minusMillis(1)));
    assertFalse(first.take(A_SLICE_LATER));

    assertEquals(List.of("third"), told);
  }

  @Test
  void aTurnLastsAsLongAsNobodyWaits() {
    first.take(NOON);
    second.take(NOON);
    busyUntil(A_SLICE_LATER);

    assertTrue(first.take(A_SLICE_LATER));
  }

  @Test
  void whoHasJustFallenBehindTakesTurnsWithThoseThatGoOn() {
    first.take(NOON);
    second.take(NOON);
    third.take(NOON);
    fourth.take(NOON);
    turn("fifth").take(NOON);
    busyUntil(A_SLICE_LATER);

    first.take(A_SLICE_LATER);
    second.take(A_SLICE_LATER);

    assertEquals(List.of("third", "first"), told);
    third.giveBack(A_SLICE_LATER);
    first.giveBack(A_SLICE_LATER);
    assertEquals(List.of("third", "first", "fourth", "second"), told);
  }

  @Test
  void whoStaysAwayLosesItsTurn() {
    first.take(NOON);
    second.take(NOON);
    third.take(NOON);
    var later = NOON.plus(FetchTurns.LEASE).plusMillis(1);
    busyUntil(later);

    assertTrue(third.take(later));
    assertTrue(fourth.take(later));
    assertFalse(first.take(later));
  }

  @Test
  void whoGivesBackWhileWaitingIsNotToldAnyMore() {
    first.take(NOON);
    second.take(NOON);
    third.take(NOON);

    third.giveBack(NOON);
    first.giveBack(NOON);

    assertEquals(List.of(), told);
  }

  @Test
  void whileSinksMakeThemWaitMoreMembersFetch() {
    first.take(NOON);
    second.take(NOON);
    third.take(NOON);
    fourth.take(NOON);

    assertTrue(first.take(A_SLICE_LATER.minusMillis(1)));
    third.take(A_SLICE_LATER);

    assertEquals(List.of("fourth"), told);
    assertTrue(third.take(A_SLICE_LATER));
    assertTrue(fourth.take(A_SLICE_LATER));
    assertTrue(first.take(A_SLICE_LATER));
  }

  @Test
  void whenTheProcessIsBusyAgainTheyBecomeFewer() {
    var many = IntStream.range(0, 8).mapToObj(i -> turn("member " + i)).toList();
    var quiet = NOON;
    for (int slice = 0; slice < 3; slice++) {
      quiet = NOON.plus(FetchTurns.SLICE.multipliedBy(slice));
      var now = quiet;
      many.forEach(turn -> turn.take(now));
    }
    assertEquals(8, fetching(many, quiet));

    var last = quiet;
    for (int slice = 1; slice <= 3; slice++) {
      last = quiet.plus(FetchTurns.SLICE.multipliedBy(slice));
      cpu = cpu.plus(FetchTurns.SLICE.multipliedBy(Runtime.getRuntime().availableProcessors()));
      var now = last;
      // Someone always waits, or nobody would be asked to give way.
      turn("newcomer " + slice).take(now);
      many.forEach(turn -> turn.take(now));
    }

    assertTrue(fetching(many, last) <= 2);
  }

  @Test
  void alsoWhenNobodyWaitsTheyBecomeFewer() {
    var many = IntStream.range(0, 4).mapToObj(i -> turn("member " + i)).toList();
    many.forEach(turn -> turn.take(NOON));
    assertEquals(4, fetching(many, A_SLICE_LATER));

    var busy = A_SLICE_LATER.plus(FetchTurns.SLICE);
    cpu = FetchTurns.SLICE.multipliedBy(Runtime.getRuntime().availableProcessors());

    many.forEach(turn -> turn.take(busy));
    assertEquals(2, fetching(many, busy));
  }

  @Test
  void whoIsLateToSeeItsTurnHasAllOfIt() {
    theNextButOneIsFresh();
    first.take(NOON);
    second.take(NOON);
    third.take(NOON);
    fourth.take(NOON);
    first.giveBack(NOON);
    busyUntil(A_SLICE_LATER);

    assertTrue(third.take(A_SLICE_LATER));
    assertTrue(third.take(A_SLICE_LATER.plusMillis(1)));
    var over = A_SLICE_LATER.plus(FetchTurns.SLICE);
    busyUntil(over);
    assertFalse(third.take(over));
  }

  @Test
  void aClockThatIsSetBackEndsATurn() {
    first.take(NOON);
    second.take(NOON);
    third.take(NOON);
    var before = NOON.minusSeconds(3_600);

    assertFalse(first.take(before));

    assertEquals(List.of("third"), told);
  }

  /** In turn a new one and one that goes on are given a turn. */
  private void theNextButOneIsFresh() {
    fourth.take(NOON);
    fourth.giveBack(NOON);
  }

  private static long fetching(List<FetchTurns.Turn> members, Instant now) {
    return members.stream().filter(turn -> turn.take(now)).count();
  }
}
