package io.kafkafetch.application.delivery;

import static io.kafkafetch.application.contract.RecordingSinks.processor;
import static io.kafkafetch.application.delivery.GivenDelivery.batch;
import static io.kafkafetch.application.delivery.GivenDelivery.givenOne;
import static io.kafkafetch.application.delivery.GivenDelivery.numbers;
import static io.kafkafetch.application.delivery.GivenDelivery.refusing;
import static io.kafkafetch.application.delivery.GivenDelivery.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.kafkafetch.domain.consumer.DeadLetterPolicy;
import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.Progress;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class FlushTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

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
}
