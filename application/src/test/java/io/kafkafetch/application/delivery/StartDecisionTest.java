package io.kafkafetch.application.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kafkafetch.domain.processor.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartDecisionTest {
  /** Sinks are written generation:offset, or - for one that remembers nothing. */
  @ParameterizedTest(name = "{0} at {1} with sinks {2} begins under {3} at {4}")
  @CsvSource({
    // Somebody else set the offset: it holds for all, and their generation is a new one.
    "foreign,   100, -,             1, 100",
    "foreign,   100, 0:500,         1, 100",
    "foreign,   100, 7:500,         8, 100",
    "foreign,   100, 7:500 -,       8, 100 100",
    "foreign,   100, 7:50 3:900,    8, 100 100",
    "foreign,   0,   2:5 2:6 9:7,  10, 0 0 0",
    // We committed: the larger offset of the same generation wins, for each sink by itself.
    "ours(0),   100, -,             0, 100",
    "ours(4),   100, -,             4, 100",
    "ours(4),   100, 4:100,         4, 100",
    "ours(4),   100, 4:160,         4, 160",
    "ours(4),   100, 4:40,          4, 100",
    "ours(4),   100, 4:160 4:130 -, 4, 160 130 100",
    // What a sink remembers of before a replay is of no use.
    "ours(4),   100, 3:900,         4, 100",
    "ours(4),   100, 3:900 4:120,   4, 100 120",
    // A sink knows of a replay that the group does not: older offsets were put back on purpose.
    "ours(4),   100, 5:900,         6, 100",
    "ours(4),   100, 5:900 4:120 -, 6, 100 100 100",
    // Fixed before the sinks were asked: what they remember counts, the newest generation first.
    "undecided, 100, -,             0, 100",
    "undecided, 100, 0:160,         0, 160",
    "undecided, 100, 3:160,         3, 160",
    "undecided, 100, 3:60,          3, 100",
    "undecided, 100, 3:160 2:900,   3, 160 100",
  })
  void begins(String mark, long base, String sinks, long generation, String starts) {
    var decision = StartDecision.of(base, mark(mark), sinks(sinks));

    assertEquals(generation, decision.generation());
    assertEquals(offsets(starts), decision.starts());
    assertEquals(offsets(starts).stream().mapToLong(o -> o).min().orElse(-1), decision.position(7));
  }

  @Test
  void withoutProcessorsBeginsWhereTheGroupIs() {
    var decision = StartDecision.of(42, new CommitMark.Ours(3), List.of());

    assertEquals(List.of(), decision.starts());
    assertEquals(42, decision.position(42));
    assertEquals(3, decision.generation());
  }

  private static CommitMark mark(String text) {
    return switch (text) {
      case "foreign" -> new CommitMark.Foreign();
      case "undecided" -> new CommitMark.Undecided();
      default -> new CommitMark.Ours(Long.parseLong(text.replaceAll("[^0-9]", "")));
    };
  }

  private static List<Optional<Progress>> sinks(String text) {
    var sinks = new ArrayList<Optional<Progress>>();
    for (var sink : text.split(" ", -1)) {
      var parts = sink.split(":", -1);
      sinks.add(
          sink.equals("-")
              ? Optional.empty()
              : Optional.of(new Progress(Long.parseLong(parts[0]), Long.parseLong(parts[1]))));
    }
    return sinks;
  }

  private static List<Long> offsets(String text) {
    return List.of(text.split(" ", -1)).stream().map(Long::valueOf).toList();
  }
}
