package io.kafkafetch.application.delivery;

import static io.kafkafetch.application.contract.RecordingSinks.processor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.contract.RecordingSinks.Recording;
import io.kafkafetch.domain.processor.Cause;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A sink that refuses a batch as a whole, and cannot say which record is bad. */
class NarrowingTest {
  private final GivenDelivery given = new GivenDelivery(processor("sink")).begunAt(0);
  private final Recording sink = given.sink("sink");

  private void poisonous(Set<Long> bad) {
    sink.vague = true;
    sink.refusal = refusing(bad, Integer.MAX_VALUE);
  }

  private static Function<String, Optional<Cause>> refusing(Set<Long> bad, int suspects) {
    return value ->
        bad.contains(Long.valueOf(value))
            ? Optional.of(new Cause.Poison("bad", suspects))
            : Optional.empty();
  }

  private void assertOnlyTheseAreDeadLettered(Set<Long> bad, int size) {
    assertEquals(
        List.copyOf(bad),
        given.letters.stream().map(letter -> letter.batch().offset(letter.index())).toList());
    assertEquals(
        LongStream.range(0, size).filter(offset -> !bad.contains(offset)).boxed().toList(),
        sink.taken().stream().map(record -> record.offset()).toList());
    assertEquals(size, given.partition.position());
  }

  /** Finding one costs two calls for each halving, then one for what is left behind it. */
  private static int calls(int size) {
    return 2 * (32 - Integer.numberOfLeadingZeros(size)) + 2;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 100, 128, 501, 1024, 5000})
  void oneBadRecordIsFoundWithFewCalls(int size) {
    for (int place : new TreeSet<>(List.of(0, size / 3, size / 2, size - 1))) {
      var test = new NarrowingTest();
      test.poisonous(Set.of((long) place));

      assertInstanceOf(Step.Done.class, test.given.deliver(0, size));

      test.assertOnlyTheseAreDeadLettered(Set.of((long) place), size);
      int calls = test.sink.calls().size();
      assertTrue(calls <= calls(size), calls + " calls for record " + place + " of " + size);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void severalBadRecordsAreFoundWithFewCallsEach(long seed) {
    var random = new Random(seed);
    int size = 1 + random.nextInt(3_000);
    var bad =
        IntStream.range(0, 1 + random.nextInt(10))
            .mapToObj(_ -> (long) random.nextInt(size))
            .collect(Collectors.toCollection(TreeSet::new));
    poisonous(bad);

    assertInstanceOf(Step.Done.class, given.deliver(0, size));

    assertOnlyTheseAreDeadLettered(bad, size);
    int calls = sink.calls().size();
    assertTrue(calls <= bad.size() * calls(size), calls + " calls for " + bad + " of " + size);
  }

  @Test
  void neighboursThatAreBadAreBothFound() {
    var bad = new TreeSet<>(Set.of(499L, 500L, 501L));
    poisonous(bad);

    given.deliver(0, 1_000);

    assertOnlyTheseAreDeadLettered(bad, 1_000);
  }

  @Test
  void aBatchThatIsBadAllThroughEnds() {
    var bad = LongStream.range(0, 64).boxed().collect(Collectors.toCollection(TreeSet::new));
    poisonous(bad);

    assertInstanceOf(Step.Done.class, given.deliver(0, 64));

    assertOnlyTheseAreDeadLettered(bad, 64);
    assertTrue(sink.calls().size() <= 64 * calls(64), sink.calls().size() + " calls");
  }

  @ParameterizedTest
  @CsvSource({"2", "5", "2147483647"})
  void aSinkThatSuspectsMoreThanItWasGivenIsNotAskedForEver(int suspects) {
    sink.refusal = refusing(Set.of(9L), suspects);

    assertInstanceOf(Step.Done.class, given.deliver(0, 10));

    assertOnlyTheseAreDeadLettered(Set.of(9L), 10);
  }

  @Test
  void onlyTheSuspectsAreNarrowedAndTheRestGoesTogether() {
    sink.refusal = refusing(Set.of(3L), 4);

    given.deliver(0, 1_000);

    assertOnlyTheseAreDeadLettered(Set.of(3L), 1_000);
    assertTrue(sink.calls().size() <= 8, sink.calls().toString());
  }

  @Test
  void aSuspicionEndsWithItsBatch() {
    poisonous(Set.of(70L));
    given.deliver(0, 100);
    int before = sink.calls().size();

    given.deliver(100, 200);

    assertEquals(before + 1, sink.calls().size());
    assertEquals(100, sink.calls().getLast().size());
  }
}
