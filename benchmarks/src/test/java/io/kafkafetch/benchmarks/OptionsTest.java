package io.kafkafetch.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The options of a benchmark")
final class OptionsTest {
  @Test
  void areFiveRoundsUnlessItIsToBeQuick() {
    assertEquals(
        new Options(false, 5, OptionalInt.empty(), false, false), Options.parse(List.of()));
    assertEquals(
        new Options(true, 2, OptionalInt.empty(), false, false), Options.parse(List.of("--quick")));
  }

  @Test
  void nameRoundsAndRecords() {
    var options =
        Options.parse(List.of("--quick", "--rounds", "7", "--records", "1000", "--profile"));

    assertEquals(new Options(true, 7, OptionalInt.of(1000), true, false), options);
    assertEquals(1000, options.records(5, 3));
    assertEquals(3, Options.parse(List.of("--quick")).records(5, 3));
  }

  @Test
  void thatNobodyKnowsAreRefused() {
    assertEquals(
        "Unknown option --fast; --help lists those that there are",
        assertThrows(IllegalArgumentException.class, () -> Options.parse(List.of("--fast")))
            .getMessage());
    assertEquals(
        "--rounds takes a number from 1 to 999999999, not 'many'",
        assertThrows(
                IllegalArgumentException.class, () -> Options.parse(List.of("--rounds", "many")))
            .getMessage());
  }
}
