package io.kafkafetch.application.delivery;

import static io.kafkafetch.application.contract.RecordingSinks.processor;
import static io.kafkafetch.application.delivery.GivenDelivery.batch;
import static io.kafkafetch.application.delivery.GivenDelivery.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.kafkafetch.domain.consumer.ProcessorSpec;
import io.kafkafetch.domain.lag.CommittedOffset;
import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Processors that come and go while a partition is delivered. */
class SwapTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final ProcessorSpec kept = processor("kept");
  private final ProcessorSpec old = processor("old");
  private final ProcessorSpec added = processor("added");
  private final GivenDelivery given = new GivenDelivery(kept, old).begunAt(0);

  private static Function<String, Optional<Cause>> refusing(long value) {
    return text ->
        text.equals(Long.toString(value))
            ? Optional.of(new Cause.Transient("busy"))
            : Optional.empty();
  }

  private static List<String> numbers(long from, long to) {
    return LongStream.range(from, to).mapToObj(Long::toString).toList();
  }

  @Test
  void anAddedOneBeginsAtThePositionAndAKeptOneGoesOn() {
    given.deliver(0, 10);

    given.swap(kept, added);
    given.deliver(10, 20);

    assertEquals(numbers(0, 20), given.sink("kept").values());
    assertEquals(numbers(0, 10), given.sink("old").values());
    assertEquals(numbers(10, 20), given.sink("added").values());
    assertEquals(List.of(new Progress(1, 10)), given.sink("added").begun());
    assertEquals(List.of(new Progress(1, 0)), given.sink("kept").begun());
  }

  @Test
  void whatGoesIsFlushedThenClosed() {
    given.deliver(0, 10);

    given.swap(kept);
    assertInstanceOf(Step.Done.class, given.partition.flush());

    assertEquals(10, given.sink("old").durable().size());
    assertEquals(0, given.sink("old").open());
    assertEquals(10, given.partition.durablePosition());
  }

  @Test
  void anIdlePartitionSwapsWithItsNextFlush() {
    given.swap(added);

    given.partition.flush();

    assertEquals(0, given.sink("old").open());
    assertEquals(0, given.sink("kept").open());
    given.deliver(0, 5);
    assertEquals(numbers(0, 5), given.sink("added").values());
  }

  @Test
  void whileOneThatGoesIsBehindNothingIsSwappedForTenSeconds() {
    given.sink("old").refusal = refusing(6);
    var step = given.delivering(batch(0, 10));
    given.awaitFailures(1);

    given.swap(kept, added);
    given.pass(Duration.ofMillis(9_999));
    given.awaitFailures(2);
    assertEquals(0, given.sink("added").open());
    assertFalse(step.isDone());

    given.pass(Duration.ofMillis(1));

    assertInstanceOf(Step.Done.class, result(step));
    assertEquals(numbers(0, 6), given.sink("old").values());
    assertEquals(numbers(6, 10), given.sink("added").values());
    assertEquals(numbers(0, 10), given.sink("kept").values());
    assertEquals(0, given.sink("old").open());
  }

  @Test
  void oneThatCatchesUpWithinItsTimeIsSwappedThen() {
    given.sink("old").refusal = refusing(6);
    var step = given.delivering(batch(0, 10));
    given.awaitFailures(1);
    given.swap(kept, added);

    given.sink("old").mend();
    given.pass(SECOND);

    assertInstanceOf(Step.Done.class, result(step));
    given.deliver(10, 20);
    assertEquals(numbers(0, 10), given.sink("old").values());
    assertEquals(numbers(10, 20), given.sink("added").values());
    assertEquals(numbers(0, 20), given.sink("kept").values());
  }

  @Test
  void oneThatGoesAndHasAsMuchAsAnyOtherNeedsNotWaitForAStuckOneThatStays() {
    given.sink("kept").refusal = refusing(6);
    var step = given.delivering(batch(0, 10));
    given.awaitFailures(1);

    given.swap(kept, added);
    given.pass(SECOND);
    given.awaitFailures(2);

    assertEquals(0, given.sink("old").open());
    given.sink("kept").mend();
    given.pass(Duration.ofSeconds(2));
    assertInstanceOf(Step.Done.class, result(step));
    assertEquals(numbers(0, 10), given.sink("old").values());
    assertEquals(numbers(6, 10), given.sink("added").values());
    assertEquals(numbers(0, 10), given.sink("kept").values());
  }

  @Test
  void oneThatGoesMustFlushBeforeItIsLetGo() {
    given.deliver(0, 10);
    given.sink("old").flushing = () -> Optional.of(new Cause.Transient("the disk is full"));

    given.swap(kept, added);

    assertEquals(new Step.Rewind(0), given.deliver(10, 20));
    assertEquals(0, given.sink("added").open());
    given.sink("old").mend();
    given.pass(SECOND);
    given.deliver(0, 10);
    given.partition.flush();
    assertEquals(10, given.sink("old").durable().size());
    given.deliver(10, 20);
    assertEquals(numbers(10, 20), given.sink("added").values());
    assertEquals(numbers(0, 20), given.sink("kept").values());
    assertEquals(0, given.sink("old").open());
  }

  @Test
  void whatOneThatGoesCouldNeverFlushIsGivenToTheOneThatComes() {
    given.deliver(0, 10);
    given.sink("old").flushing = () -> Optional.of(new Cause.Transient("the disk is full"));
    given.swap(kept, added);
    assertEquals(new Step.Rewind(0), given.deliver(10, 20));

    given.pass(Duration.ofSeconds(10));
    given.deliver(0, 10);

    assertEquals(numbers(0, 10), given.sink("added").values());
    assertEquals(numbers(0, 10), given.sink("kept").values());
    assertEquals(0, given.sink("old").open());
  }

  @Test
  void anAddedOneThatCannotBeOpenedYetIsWaitedFor() {
    given.deliver(0, 10);
    given.sink("added").opening = () -> Optional.of(new Cause.Transient("starting"));

    given.swap(kept, added);
    var step = given.delivering(batch(10, 20));
    given.awaitFailures(1);
    given.sink("added").mend();
    given.pass(SECOND);

    assertInstanceOf(Step.Done.class, result(step));
    assertEquals(numbers(10, 20), given.sink("added").values());
  }

  @Test
  void nothingIsCommittedPastAnAddedOneThatIsNotOpenYet() {
    given.deliver(0, 10);
    given.partition.flush();
    given.sink("added").opening = () -> Optional.of(new Cause.Transient("starting"));
    given.swap(kept, added);
    var step = given.delivering(batch(10, 20));
    given.awaitFailures(1);

    given.partition.control().abandon();
    result(step);
    given.partition.flush();

    assertEquals(10, given.partition.durablePosition());
  }

  @Test
  void aSwapWhileThePartitionIsOpenedTakesPlaceBeforeItIsRead() {
    var waiting = new GivenDelivery(old);
    waiting.sink("old").opening = () -> Optional.of(new Cause.Transient("starting"));
    var begin = GivenDelivery.background(() -> waiting.partition.begin(new CommittedOffset(5, "")));
    waiting.awaitFailures(1);

    waiting.swap(added);

    assertEquals(new Begin.At(5, 1), result(begin));
    waiting.deliver(5, 10);
    assertEquals(numbers(5, 10), waiting.sink("added").values());
    assertEquals(0, waiting.sink("old").open());
  }

  @Test
  void twoSwapsAtOnceCountAsTheLast() {
    given.deliver(0, 10);

    given.swap(kept, processor("between"));
    given.swap(kept, added);
    given.deliver(10, 20);

    assertEquals(numbers(10, 20), given.sink("added").values());
    assertEquals(List.of(), given.sink("between").values());
    assertEquals(0, given.sink("between").open());
    assertEquals(numbers(0, 20), given.sink("kept").values());
  }

  @Test
  void theSameProcessorsAreNotTouched() {
    given.deliver(0, 10);

    given.swap(kept, old);
    given.deliver(10, 20);

    assertEquals(numbers(0, 20), given.sink("old").values());
    assertEquals(1, given.sink("old").begun().size());
  }

  @Test
  void withoutAnyProcessorLeftRecordsArePassedOver() {
    given.deliver(0, 10);

    given.swap();
    given.deliver(10, 20);

    assertEquals(20, given.partition.durablePosition());
    assertEquals(0, given.sink("kept").open());
    assertEquals(0, given.sink("old").open());
  }

  @Test
  void aPartitionThatClosesLetsGoOfBothOldAndNew() {
    given.deliver(0, 10);
    given.swap(kept, added);

    given.partition.close();
    given.member.close();

    for (var name : List.of("kept", "old", "added")) {
      assertEquals(0, given.sink(name).open(), name);
    }
  }

  @Test
  void aMemberThatClosesWhileAPartitionIsStuckLeavesItsSinksOpenUntilThatIsClosed() {
    given.sink("old").refusal = refusing(6);
    var step = given.delivering(batch(0, 10));
    given.awaitFailures(1);

    given.partition.control().abandon();
    given.member.close();
    result(step);
    assertEquals(2, given.sink("old").open());
    given.partition.flush();
    given.partition.close();

    assertEquals(0, given.sink("old").open());
    assertEquals(6, given.partition.position());
  }
}
