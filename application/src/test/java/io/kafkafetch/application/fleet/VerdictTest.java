package io.kafkafetch.application.fleet;

import static io.kafkafetch.application.fleet.GivenFleet.NOW;
import static io.kafkafetch.application.fleet.GivenFleet.active;
import static io.kafkafetch.application.fleet.GivenFleet.fatal;
import static io.kafkafetch.application.fleet.GivenFleet.probedAt;
import static io.kafkafetch.application.fleet.GivenFleet.report;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.contract.Given;
import io.kafkafetch.application.driven.Condition;
import io.kafkafetch.application.driven.ServerId;
import io.kafkafetch.application.fleet.GivenFleet.Report;
import io.kafkafetch.domain.consumer.Consumer;
import io.kafkafetch.domain.consumer.ConsumerState;
import io.kafkafetch.domain.consumer.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerdictTest {
  private static final Set<ServerId> BOTH = Set.of(new ServerId("a"), new ServerId("b"));
  private static final Set<ServerId> ONE = Set.of(new ServerId("a"));
  private final Consumer active = active(2);
  private final Consumer probed = probedAt(3, NOW.minusSeconds(10));

  private static Consumer on(Consumer consumer, Set<ServerId> responsible, Report... reports) {
    return Verdict.on(consumer, Stream.of(reports).map(Report::is).toList(), responsible, NOW, 0.5);
  }

  private static Failure failure(Consumer consumer) {
    return assertInstanceOf(ConsumerState.InError.class, consumer.state()).failure();
  }

  // ACTIVE

  @ParameterizedTest
  @EnumSource(names = {"STARTING", "RUNNING", "DEGRADED"})
  void whatGetsOnSomehowStaysActive(Condition condition) {
    assertSame(active, on(active, ONE, report(active, "a", condition)));
  }

  @Test
  void oneServersBadNetworkStaysInItsReport() {
    assertSame(
        active,
        on(
            active,
            BOTH,
            report(active, "a", Condition.FAILED),
            report(active, "b", Condition.RUNNING)));
  }

  @Test
  void aServerThatHasNotReportedMayStillGetOn() {
    assertSame(active, on(active, BOTH, report(active, "a", Condition.FAILED)));
  }

  @Test
  void whenAllThatShouldRunItHaveFailedItIsInErrorAndProbedSoon() {
    var next =
        on(
            active,
            BOTH,
            report(active, "a", Condition.FAILED),
            report(active, "b", Condition.FAILED));

    var failure = failure(next);
    assertEquals("FAILED on a", failure.reason());
    assertEquals(NOW.minusSeconds(30), failure.since());
    assertEquals(1, failure.attempts());
    assertEquals(Optional.of(NOW.plusSeconds(2)), failure.nextRetryAt());
    assertEquals(active.revision(), next.revision());
  }

  @Test
  void aServerThatShouldNotRunItDoesNotCount() {
    assertSame(
        active,
        on(
            active,
            BOTH,
            report(active, "a", Condition.FAILED),
            report(active, "c", Condition.FAILED)));
    assertInstanceOf(
        ConsumerState.InError.class,
        on(
                active,
                ONE,
                report(active, "a", Condition.FAILED),
                report(active, "c", Condition.RUNNING))
            .state());
  }

  @Test
  void aFatalCauseOnOneServerIsEnoughAtOnce() {
    var next =
        on(
            active,
            BOTH,
            report(active, "a", Condition.RUNNING),
            report(active, "b", Condition.HALTED));

    assertEquals("HALTED on b", failure(next).reason());
    assertTrue(failure(next).isFatal());
  }

  @ParameterizedTest
  @EnumSource(names = {"FAILED", "HALTED"})
  void aReportOfAnotherRevisionSaysNothing(Condition condition) {
    var report = report(active, "a", condition);

    assertSame(active, on(active, ONE, report.revision(active.revision() - 1)));
    assertSame(active, on(active, ONE, report.revision(active.revision() + 1)));
  }

  @ParameterizedTest
  @EnumSource(names = {"FAILED", "HALTED"})
  void aStaleReportSaysNothing(Condition condition) {
    var stale = report(active, "a", condition).at(NOW.minus(Verdict.FRESH));

    assertSame(active, on(active, ONE, stale));
  }

  @Test
  void withoutServersThatShouldRunItThereIsNoVerdict() {
    assertSame(active, on(active, Set.of()));
  }

  @ParameterizedTest
  @EnumSource
  void whatShouldRestRests(Condition condition) {
    var inactive = Given.inactiveConsumer();

    assertSame(inactive, on(inactive, ONE, report(inactive, "a", condition).probe()));
  }

  // ERROR

  @ParameterizedTest
  @EnumSource
  void aFatalErrorWaitsForAPersonWhateverIsReported(Condition condition) {
    var fatal = fatal();

    assertSame(fatal, on(fatal, ONE, report(fatal, "a", condition).probe().delivered()));
  }

  @Test
  void aProbeThatHasDeliveredEndsTheError() {
    var next =
        on(
            probed,
            ONE,
            report(probed, "a", Condition.RUNNING).probe().lag(OptionalLong.of(7)).delivered());

    assertInstanceOf(ConsumerState.Active.class, next.state());
    assertEquals(probed.revision(), next.revision());
  }

  @Test
  void aProbeThatKnowsOfNothingToDeliverEndsTheError() {
    var caughtUp = report(probed, "a", Condition.RUNNING).probe().lag(OptionalLong.of(0));

    assertInstanceOf(ConsumerState.Active.class, on(probed, ONE, caughtUp).state());
  }

  @Test
  void aProbeThatWasAssignedNothingEndsTheError() {
    var idle = report(probed, "a", Condition.RUNNING).probe();

    assertInstanceOf(ConsumerState.Active.class, on(probed, ONE, idle).state());
  }

  @Test
  void aProbeThatOnlyPolledSoFarProvesNothing() {
    var report = report(probed, "a", Condition.RUNNING).probe();

    assertSame(probed, on(probed, ONE, report.lag(OptionalLong.of(7))));
    assertSame(probed, on(probed, ONE, report.lag(OptionalLong.empty())));
    assertSame(probed, on(probed, ONE, report.unassigned()));
  }

  @ParameterizedTest
  @EnumSource(names = {"STARTING", "DEGRADED"})
  void aProbeThatIsNotThroughIsWaitedFor(Condition condition) {
    assertSame(probed, on(probed, ONE, report(probed, "a", condition).probe().delivered()));
  }

  @Test
  void aFailedProbeIsCountedAndTheNextIsLater() {
    var next = on(probed, ONE, report(probed, "a", Condition.FAILED).probe());

    var failure = failure(next);
    assertEquals(4, failure.attempts());
    assertEquals("FAILED on a", failure.reason());
    assertEquals(Given.NOON, failure.since());
    assertEquals(Optional.of(NOW.plusSeconds(16)), failure.nextRetryAt());
  }

  @Test
  void probesBecomeRareButNeverEnd() {
    Consumer consumer = probedAt(1, NOW);
    for (int i = 0; i < 100; i++) {
      consumer = on(consumer, ONE, report(consumer, "a", Condition.FAILED).probe().at(later(i)));
      consumer =
          consumer.probeFailed(1, Failure.probedAt("again", NOW, consumer.attempts(), later(i)));
    }
    var last =
        Verdict.on(
            consumer,
            List.of(report(consumer, "a", Condition.FAILED).probe().at(later(99)).is()),
            ONE,
            NOW,
            1);

    assertEquals(102, last.attempts());
    var wait = Duration.between(NOW, failure(last).nextRetryAt().orElseThrow());
    assertEquals(Duration.ofMinutes(1), wait);
  }

  private static Instant later(int millis) {
    return NOW.plusMillis(millis);
  }

  @Test
  void aFailedProbeIsCountedOnceHoweverLongItsReportStays() {
    var report = report(probed, "a", Condition.FAILED).probe();
    var once = on(probed, ONE, report);

    assertSame(once, on(once, ONE, report));
  }

  @Test
  void aReportOfTheRunBeforeTheErrorIsNoProbe() {
    assertSame(probed, on(probed, ONE, report(probed, "a", Condition.FAILED)));
    assertSame(probed, on(probed, ONE, report(probed, "a", Condition.HALTED)));
    assertSame(probed, on(probed, ONE, report(probed, "a", Condition.RUNNING).delivered()));
  }

  @Test
  void aProbeThatMeetsAFatalCauseWaitsForAPersonFromThenOn() {
    var next = on(probed, ONE, report(probed, "a", Condition.HALTED).probe());

    assertTrue(failure(next).isFatal());
    assertEquals("HALTED on a", failure(next).reason());
    assertEquals(Given.NOON, failure(next).since());
  }

  @Test
  void aProbeOfAnotherRevisionOrALongTimeAgoSaysNothing() {
    var held = report(probed, "a", Condition.RUNNING).probe().delivered();

    assertSame(probed, on(probed, ONE, held.revision(probed.revision() + 1)));
    assertSame(probed, on(probed, ONE, held.at(NOW.minus(Verdict.FRESH))));
  }

  @Test
  void aProbeOnOneServerIsEnoughToEndTheError() {
    var next =
        on(
            probed,
            BOTH,
            report(probed, "a", Condition.STARTING).probe(),
            report(probed, "b", Condition.RUNNING).probe().delivered());

    assertInstanceOf(ConsumerState.Active.class, next.state());
  }

  @Test
  void aConsumerThatIsActiveAgainIsNotThrownBackByTheFailedProbeOfAnotherServer() {
    var held = probed.retryHeld(probed.revision());

    var next =
        on(
            held,
            BOTH,
            report(held, "a", Condition.RUNNING).probe().delivered(),
            report(held, "b", Condition.FAILED).probe());

    assertSame(held, next);
  }
}
