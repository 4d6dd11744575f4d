package io.kafkafetch.application.delivery;

import static io.kafkafetch.application.contract.RecordingSinks.processor;
import static io.kafkafetch.application.delivery.GivenDelivery.batch;
import static io.kafkafetch.application.delivery.GivenDelivery.givenOne;
import static io.kafkafetch.application.delivery.GivenDelivery.numbers;
import static io.kafkafetch.application.delivery.GivenDelivery.refusing;
import static io.kafkafetch.application.delivery.GivenDelivery.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.junit.jupiter.api.Test;

class PartitionDeliveryTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

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
}
