package io.kafkafetch.application.delivery;

import static io.kafkafetch.application.contract.RecordingSinks.processor;
import static io.kafkafetch.application.delivery.GivenDelivery.batch;
import static io.kafkafetch.application.delivery.GivenDelivery.givenOne;
import static io.kafkafetch.application.delivery.GivenDelivery.numbers;
import static io.kafkafetch.application.delivery.GivenDelivery.refusing;
import static io.kafkafetch.application.delivery.GivenDelivery.result;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.domain.consumer.DeadLetterPolicy;
import io.kafkafetch.domain.lag.CommittedOffset;
import io.kafkafetch.domain.processor.Cause;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GivenUpTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

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
  void closingLetsGoOfEverything() {
    var given = new GivenDelivery(processor("sink")).begunAt(0);
    assertEquals(2, given.sink("sink").open());

    given.partition.close();
    assertEquals(1, given.sink("sink").open());
    given.member.close();

    await().until(() -> given.sink("sink").open() == 0);
  }
}
