package io.kafkafetch.application.delivery;

import static io.kafkafetch.application.contract.RecordingSinks.processor;
import static io.kafkafetch.application.delivery.GivenDelivery.batch;
import static io.kafkafetch.application.delivery.GivenDelivery.result;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.contract.TestBatch;
import io.kafkafetch.domain.consumer.DeadLetterPolicy;
import io.kafkafetch.domain.lag.CommittedOffset;
import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PartitionDeliveryTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static Function<String, Optional<Cause>> refusing(long value, Cause cause) {
    return given -> given.equals(Long.toString(value)) ? Optional.of(cause) : Optional.empty();
  }

  private static List<String> numbers(long from, long to) {
    return LongStream.range(from, to).mapToObj(Long::toString).toList();
  }

  private static GivenDelivery givenOne() {
    return new GivenDelivery(processor("sink")).begunAt(0);
  }

  @Test
  void withoutProcessorsRecordsArePassedOver() {
    var given = new GivenDelivery().begunAt(5);

    assertInstanceOf(Step.Done.class, given.deliver(5, 10));

    assertEquals(10, given.partition.position());
    assertEquals(10, given.partition.durablePosition());
  }

  @Test
  void thePositionAfterABatchIsThatOfTheLogAndNotOfItsLastRecord() {
    var given = givenOne();

    given.deliver(TestBatch.numbers(GivenDelivery.SOURCE, 0, 10).thenNothingUpTo(14));
    given.partition.flush();

    assertEquals(14, given.partition.durablePosition());
  }

  @Test
  void whatIsNotFlushedIsNotDurable() {
    var given = givenOne();

    given.deliver(0, 10);
    assertEquals(10, given.partition.position());
    assertEquals(0, given.partition.durablePosition());

    assertInstanceOf(Step.Done.class, given.partition.flush());
    assertEquals(10, given.partition.durablePosition());
  }

  @Test
  void aRetryRepeatsOnlyWhatFailedAndOnlyForWhomItFailed() {
    var given = new GivenDelivery(processor("good"), processor("bad")).begunAt(0);
    given.sink("bad").refusal = refusing(6, new Cause.Transient("busy"));

    var step = given.delivering(batch(0, 10));
    given.awaitFailures(1);
    given.pass(SECOND);
    given.awaitFailures(2);
    given.sink("bad").mend();
    given.pass(SECOND.multipliedBy(2));

    assertInstanceOf(Step.Done.class, result(step));
    assertEquals(numbers(0, 10), given.sink("good").values());
    assertEquals(1, given.sink("good").calls().size());
    assertEquals(numbers(0, 10), given.sink("bad").values());
    assertEquals(
        List.of(0L, 6L, 6L), given.sink("bad").calls().stream().map(c -> c.offset()).toList());
  }

  @Test
  void whileOneProcessorIsStuckOnlyWhatAllHaveIsDurable() {
    var given = new GivenDelivery(processor("good"), processor("bad")).begunAt(0);
    given.sink("bad").refusal = refusing(6, new Cause.Transient("busy"));
    var step = given.delivering(batch(0, 10));
    given.awaitFailures(1);

    given.partition.control().abandon();

    assertInstanceOf(Step.Abandoned.class, result(step));
    given.partition.flush();
    assertEquals(6, given.partition.durablePosition());
  }

  @Test
  void waitsGrowUntilSomethingGetsThrough() {
    var given = givenOne();
    given.sink("sink").refusal = refusing(0, new Cause.Transient("busy"));

    var step = given.delivering(batch(0, 10));
    given.awaitFailures(1);
    for (int failures = 1; failures < 5; failures++) {
      var trouble = given.partition.trouble().orElseThrow();
      var wait = SECOND.multipliedBy(1L << (failures - 1));
      assertEquals(Optional.of(given.clock.instant().plus(wait)), trouble.nextRetryAt());
      given.pass(wait.minusMillis(1));
      given.pass(Duration.ofMillis(1));
      given.awaitFailures(failures + 1);
    }
    given.sink("sink").refusal = refusing(5, new Cause.Transient("busy again"));
    given.pass(Duration.ofMinutes(1));

    given.awaitFailures(1);
    assertEquals("busy again", given.partition.trouble().orElseThrow().reason());
    given.partition.control().abandon();
    result(step);
  }

  @Test
  void nothingIsTriedBeforeItsTime() {
    var given = givenOne();
    given.sink("sink").refusal = refusing(0, new Cause.Transient("busy"));
    var step = given.delivering(batch(0, 10));
    given.awaitFailures(1);

    given.pass(SECOND.minusNanos(1));
    given.partition.control().wake();
    assertEquals(1, given.sink("sink").calls().size());

    given.partition.control().abandon();
    result(step);
    assertEquals(1, given.sink("sink").calls().size());
  }

  @Test
  void aSinkThatAsksToBeLeftAloneIsLeftAlone() {
    var given = givenOne();
    given.sink("sink").refusal =
        refusing(0, new Cause.Transient("429", Optional.of(Duration.ofSeconds(90))));

    var step = given.delivering(batch(0, 10));
    given.awaitFailures(1);

    assertEquals(
        Optional.of(given.clock.instant().plusSeconds(90)),
        given.partition.trouble().orElseThrow().nextRetryAt());
    given.partition.control().abandon();
    result(step);
  }

  @Test
  void troubleKeepsItsBeginningAndEndsWithSuccess() {
    var given = givenOne();
    var begun = given.clock.instant();
    given.sink("sink").refusal = refusing(0, new Cause.Transient("busy"));
    var step = given.delivering(batch(0, 10));
    given.awaitFailures(1);
    given.pass(SECOND);
    given.awaitFailures(2);
    assertEquals(begun, given.partition.trouble().orElseThrow().since());

    given.sink("sink").mend();
    given.pass(Duration.ofSeconds(2));

    assertInstanceOf(Step.Done.class, result(step));
    assertEquals(Optional.empty(), given.partition.trouble());
  }

  @Test
  void usedUpAttemptsHaltAndDeadLetterNothing() {
    var policy = GivenDelivery.policy(OptionalInt.of(3), DeadLetterPolicy.DEFAULT);
    var given = new GivenDelivery(policy, processor("sink")).begunAt(0);
    given.sink("sink").refusal = refusing(4, new Cause.Transient("busy"));

    var step = given.delivering(batch(0, 10));
    given.awaitFailures(1);
    given.pass(SECOND);
    given.awaitFailures(2);
    given.pass(Duration.ofSeconds(2));

    assertEquals(new Step.Halted(new Cause.Transient("busy")), result(step));
    assertEquals(List.of(), given.letters);
    given.partition.flush();
    assertEquals(4, given.partition.durablePosition());
  }

  @Test
  void aFatalCauseHaltsAtTheFirstHole() {
    var given = givenOne();
    given.sink("sink").refusal = refusing(4, new Cause.Fatal("no entry"));

    assertEquals(new Step.Halted(new Cause.Fatal("no entry")), given.deliver(0, 10));

    given.partition.flush();
    assertEquals(4, given.partition.durablePosition());
    assertEquals("no entry", given.partition.trouble().orElseThrow().reason());
    assertEquals(Optional.empty(), given.partition.trouble().orElseThrow().nextRetryAt());
  }

  @Test
  void oneThatHaltsKeepsNoOtherFromItsRecords() {
    var given = new GivenDelivery(processor("bad"), processor("good")).begunAt(0);
    given.sink("bad").refusal = refusing(4, new Cause.Fatal("no entry"));

    assertInstanceOf(Step.Halted.class, given.deliver(0, 10));

    assertEquals(numbers(0, 10), given.sink("good").values());
    given.partition.flush();
    assertEquals(4, given.partition.durablePosition());
  }

  @Test
  void poisonIsFatalWhereDeadLettersAreOff() {
    var policy =
        GivenDelivery.policy(OptionalInt.empty(), new DeadLetterPolicy(false, Optional.empty()));
    var given = new GivenDelivery(policy, processor("sink")).begunAt(0);
    given.sink("sink").refusal = refusing(4, new Cause.Poison("not that one"));

    var halted = assertInstanceOf(Step.Halted.class, given.deliver(0, 10));

    assertInstanceOf(Cause.Fatal.class, halted.cause());
    assertTrue(halted.cause().reason().contains("offset 4"), halted.cause().reason());
    assertEquals(4, given.partition.position());
  }

  @Test
  void aRecordIsNotPassedOverBeforeItsLetterIsWritten() {
    var given = givenOne();
    given.sink("sink").refusal = refusing(4, new Cause.Poison("not that one"));
    given.letterBox = () -> Optional.of(new Cause.Transient("no broker"));

    var step = given.delivering(batch(0, 10));
    given.awaitFailures(1);
    assertEquals("no broker", given.partition.trouble().orElseThrow().reason());
    assertEquals(numbers(0, 4), given.sink("sink").values());
    given.letterBox = Optional::empty;
    given.pass(SECOND);

    assertInstanceOf(Step.Done.class, result(step));
    assertEquals(1, given.letters.size());
    assertEquals(4, given.letters.getFirst().index());
    assertEquals(9, given.sink("sink").values().size());
  }

  @Test
  void aLetterBoxThatIsForbiddenHalts() {
    var given = givenOne();
    given.sink("sink").refusal = refusing(4, new Cause.Poison("not that one"));
    given.letterBox = () -> Optional.of(new Cause.Fatal("not authorized"));

    assertEquals(new Step.Halted(new Cause.Fatal("not authorized")), given.deliver(0, 10));
    assertEquals(4, given.partition.position());
  }

  @Test
  void aDeadLetteredRecordAtTheEndIsDurableWithTheNextFlush() {
    var given = givenOne();
    given.sink("sink").remembers = true;
    given.sink("sink").refusal = refusing(9, new Cause.Poison("not that one"));

    given.deliver(0, 10);
    given.partition.flush();

    assertEquals(10, given.partition.durablePosition());
  }

  @Test
  void aFlushThatFailsMakesEverythingSinceTheLastOneComeAgain() {
    var given = givenOne();
    given.deliver(0, 10);
    given.partition.flush();
    given.deliver(10, 20);
    given.sink("sink").flushing = () -> Optional.of(new Cause.Transient("the disk is full"));

    assertEquals(new Step.Rewind(10), given.partition.flush());

    assertEquals(10, given.partition.position());
    assertEquals(10, given.partition.durablePosition());
    assertEquals(new Progress(1, 10), given.sink("sink").begun().getLast());
    given.sink("sink").mend();
    given.pass(SECOND);
    assertInstanceOf(Step.Done.class, given.deliver(10, 20));
    assertInstanceOf(Step.Done.class, given.partition.flush());
    assertEquals(20, given.partition.durablePosition());
    assertEquals(
        numbers(0, 20), given.sink("sink").durable().stream().map(r -> r.value()).toList());
    assertEquals(Optional.empty(), given.partition.trouble());
  }

  @Test
  void onlyTheProcessorThatLostRecordsGetsThemAgain() {
    var given = new GivenDelivery(processor("good"), processor("bad")).begunAt(0);
    given.deliver(0, 10);
    given.sink("bad").flushing = () -> Optional.of(new Cause.Transient("the disk is full"));
    assertEquals(new Step.Rewind(0), given.partition.flush());

    given.sink("bad").mend();
    given.pass(SECOND);
    given.deliver(0, 10);

    assertEquals(numbers(0, 10), given.sink("good").values());
    assertEquals(20, given.sink("bad").values().size());
  }

  @Test
  void flushesThatKeepFailingBackOffAlthoughRecordsAreTakenInBetween() {
    var given = givenOne();
    given.sink("sink").flushing = () -> Optional.of(new Cause.Transient("the disk is full"));
    for (int failures = 1; failures <= 4; failures++) {
      given.deliver(0, 10);
      assertEquals(new Step.Rewind(0), given.partition.flush());

      var trouble = given.partition.trouble().orElseThrow();
      assertEquals(failures, trouble.attempts());
      var wait = SECOND.multipliedBy(1L << (failures - 1));
      assertEquals(Optional.of(given.clock.instant().plus(wait)), trouble.nextRetryAt());
      given.pass(wait);
    }
  }

  @Test
  void flushesThatKeepFailingUseUpTheAttempts() {
    var policy = GivenDelivery.policy(OptionalInt.of(2), DeadLetterPolicy.DEFAULT);
    var given = new GivenDelivery(policy, processor("sink")).begunAt(0);
    given.sink("sink").flushing = () -> Optional.of(new Cause.Transient("the disk is full"));
    given.deliver(0, 10);
    given.partition.flush();
    given.pass(SECOND);
    given.deliver(0, 10);
    given.partition.flush();

    given.pass(Duration.ofHours(1));

    assertEquals(new Step.Halted(new Cause.Transient("the disk is full")), given.deliver(0, 10));
  }

  @Test
  void aFlushThatIsForbiddenHalts() {
    var given = givenOne();
    given.sink("sink").flushing = () -> Optional.of(new Cause.Fatal("the password is wrong"));
    given.deliver(0, 10);

    assertEquals(new Step.Rewind(0), given.partition.flush());

    assertEquals(new Step.Halted(new Cause.Fatal("the password is wrong")), given.deliver(0, 10));
    assertEquals(0, given.partition.durablePosition());
  }

  @Test
  void aFlushSaysNothingAboutADeliveryThatStillFails() {
    var given = givenOne();
    given.sink("sink").refusal = refusing(4, new Cause.Transient("busy"));
    var step = given.delivering(batch(0, 10));
    given.awaitFailures(1);
    given.partition.control().abandon();
    result(step);

    given.partition.flush();

    assertEquals("busy", given.partition.trouble().orElseThrow().reason());
    assertEquals(4, given.partition.durablePosition());
  }

  @Test
  void beingGivenUpEndsAWaitAtOnce() {
    var given = givenOne();
    given.sink("sink").refusal =
        refusing(3, new Cause.Transient("away", Optional.of(Duration.ofDays(30))));
    var step = given.delivering(batch(0, 10));
    given.awaitFailures(1);

    given.partition.control().abandon();

    assertInstanceOf(Step.Abandoned.class, result(step));
    assertEquals(3, given.partition.position());
    assertTrue(given.partition.control().isAbandoned());
  }

  @Test
  void beingGivenUpEndsADeliveryBetweenTwoCallsOfASink() {
    var policy = new GivenDelivery(processor("x")).begunAt(0);
    assertFalse(policy.partition.control().isAbandoned());
    var chunks =
        new io.kafkafetch.domain.consumer.DeliveryPolicy(
            2,
            1 << 20,
            Duration.ZERO,
            SECOND,
            GivenDelivery.POLICY.retry(),
            DeadLetterPolicy.DEFAULT);
    var given = new GivenDelivery(chunks, processor("sink")).begunAt(0);
    given.sink("sink").refusal =
        value -> {
          if (value.equals("3")) {
            given.partition.control().abandon();
          }
          return Optional.empty();
        };

    assertInstanceOf(Step.Abandoned.class, given.deliver(0, 10));

    assertEquals(numbers(0, 4), given.sink("sink").values());
    given.partition.flush();
    assertEquals(4, given.partition.durablePosition());
  }

  @Test
  void nothingIsDeliveredAfterBeingGivenUp() {
    var given = givenOne();
    given.partition.control().abandon();

    assertInstanceOf(Step.Abandoned.class, given.deliver(0, 10));
    assertEquals(List.of(), given.sink("sink").calls());
  }

  @Test
  void aSinkThatIsNotThereYetIsWaitedForBeforeAnythingIsRead() {
    var given = new GivenDelivery(processor("sink"));
    given.sink("sink").opening = () -> Optional.of(new Cause.Transient("starting"));
    var begin = GivenDelivery.background(() -> given.partition.begin(new CommittedOffset(7, "")));
    given.awaitFailures(1);

    given.sink("sink").mend();
    given.pass(SECOND);

    assertEquals(new Begin.At(7, 1), result(begin));
    assertEquals(Optional.empty(), given.partition.trouble());
  }

  @Test
  void waitingForASinkEndsWhenThePartitionIsGivenUp() {
    var given = new GivenDelivery(processor("sink"));
    given.sink("sink").opening = () -> Optional.of(new Cause.Transient("starting"));
    var begin = GivenDelivery.background(() -> given.partition.begin(new CommittedOffset(7, "")));
    given.awaitFailures(1);

    given.partition.control().abandon();

    assertInstanceOf(Begin.Abandoned.class, result(begin));
  }

  @Test
  void aSinkThatCannotBeOpenedHalts() {
    var given = new GivenDelivery(processor("sink"));
    given.sink("sink").opening = () -> Optional.of(new Cause.Poison("odd"));

    assertEquals(
        new Begin.Halted(new Cause.Fatal("odd")),
        given.partition.begin(new CommittedOffset(7, "")));
  }

  @Test
  void eachSinkBeginsWhereItIsUnlessTheOffsetWasSetOnPurpose() {
    var given = new GivenDelivery(processor("ahead"), processor("blank"));
    given.sink("ahead").remember(GivenDelivery.SOURCE, new Progress(4, 15));
    var mark = CommitMark.write(4, new CommitMark.TopicEra("era-1", 1));

    assertEquals(new Begin.At(10, 4), given.partition.begin(new CommittedOffset(10, mark)));
    given.deliver(10, 20);

    assertEquals(numbers(15, 20), given.sink("ahead").values());
    assertEquals(numbers(10, 20), given.sink("blank").values());
  }

  @Test
  void skippedRecordsCountAsDelivered() {
    var given = givenOne();
    given.deliver(0, 10);

    given.partition.skipTo(50);
    given.partition.skipTo(20);

    assertEquals(50, given.partition.position());
    given.partition.flush();
    assertEquals(50, given.partition.durablePosition());
    given.deliver(50, 60);
    assertEquals(numbers(0, 10).size() + 10, given.sink("sink").values().size());
  }

  @Test
  void recordsThatAProcessorHasAreNotGivenToItAgain() {
    var given = givenOne();
    given.deliver(0, 10);

    given.deliver(5, 15);

    assertEquals(numbers(0, 15), given.sink("sink").values());
  }

  @Test
  void aBatchIsCutAsThePolicyOfThatMomentSays() {
    var sink = processor("sink");
    var given = new GivenDelivery(sink).begunAt(0);
    given.deliver(0, 10);
    given.apply(
        new io.kafkafetch.domain.consumer.DeliveryPolicy(
            3,
            1 << 20,
            Duration.ZERO,
            SECOND,
            GivenDelivery.POLICY.retry(),
            DeadLetterPolicy.DEFAULT),
        sink);

    given.deliver(10, 20);

    assertEquals(
        List.of(10, 3, 3, 3, 1), given.sink("sink").calls().stream().map(c -> c.size()).toList());
  }

  @Test
  void aSinkThatStopsAfterAllThatItWasGivenBreaksInsteadOfLosingRecords() {
    var broken = new BrokenSinks();
    var given = broken.delivery();

    var fault = assertThrows(IllegalStateException.class, () -> given.deliver(batch(0, 10)));

    assertTrue(String.valueOf(fault.getMessage()).contains("broken"), fault.getMessage());
    assertEquals(0, given.durablePosition());
  }

  @Test
  void closingLetsGoOfEverything() {
    var given = new GivenDelivery(processor("sink")).begunAt(0);
    assertEquals(2, given.sink("sink").open());

    given.partition.close();
    assertEquals(1, given.sink("sink").open());
    given.member.close();

    await().until(() -> given.sink("sink").open() == 0);
  }
}
