package io.kafkafetch.application.delivery;

import static io.kafkafetch.application.contract.RecordingSinks.processor;
import static io.kafkafetch.application.delivery.GivenDelivery.batch;
import static io.kafkafetch.application.delivery.GivenDelivery.givenOne;
import static io.kafkafetch.application.delivery.GivenDelivery.numbers;
import static io.kafkafetch.application.delivery.GivenDelivery.refusing;
import static io.kafkafetch.application.delivery.GivenDelivery.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.domain.consumer.DeadLetterPolicy;
import io.kafkafetch.domain.processor.Cause;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RefusedRecordsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

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
}
